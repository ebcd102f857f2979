# cmake -DROOT=text/normalise -DOUT=lexicons.cpp -P embed_lexicons.cmake: FOLDER/lexicon.tsv of every
# language as bytes of the program.
file(GLOB lexicons RELATIVE ${ROOT} ${ROOT}/*/lexicon.tsv)
set(arrays "")
set(rows "")
foreach(lexicon ${lexicons})
  get_filename_component(folder ${lexicon} DIRECTORY)
  file(READ ${ROOT}/${lexicon} hex HEX)
  string(REGEX MATCHALL "[0-9a-f][0-9a-f]" bytes "${hex}")
  list(LENGTH bytes count)
  list(JOIN bytes ",0x" bytes)
  string(APPEND arrays "constexpr unsigned char k_${folder}[] = {0x${bytes}};\n")
  string(APPEND rows
         "  if (folder == \"${folder}\") return {reinterpret_cast<const char*>(k_${folder}), ${count}};\n")
endforeach()
file(WRITE ${OUT} "#include \"text/normalise/shipped_lexicon.h\"
namespace tts {
namespace {
${arrays}}  // namespace
std::string_view shipped_lexicon_text(std::string_view folder) {
${rows}  return {};
}
}  // namespace tts
")
