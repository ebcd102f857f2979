# cmake -DPAGE=page.html -DOUT=page.cpp -P embed_page.cmake: a text file as a C++ array.
file(READ ${PAGE} hex HEX)
string(REGEX MATCHALL "[0-9a-f][0-9a-f]" bytes "${hex}")
list(LENGTH bytes count)
list(JOIN bytes ",0x" bytes)
file(WRITE ${OUT} "#include \"server/page.h\"
namespace tts {
namespace {
constexpr unsigned char kBytes[] = {0x${bytes}};
}  // namespace
std::string_view page() {
  return {reinterpret_cast<const char*>(kBytes), ${count}};
}
}  // namespace tts
")
