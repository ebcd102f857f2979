# tts_library(NAME folder [TORCH] [DEPS tts_core ...] [LINK external ...])
#
# One static library per folder. Its public include path holds this folder alone (as "folder/file.h"),
# so that a folder can include only what its DEPS name: the imports point one way by construction.
# TORCH shares the one precompiled LibTorch header of target tts_torch, and compiles a few files as
# one: every translation unit pays some 10 seconds for LibTorch's templates, however small it is.
function(tts_library name folder)
  cmake_parse_arguments(ARG "TORCH" "" "DEPS;LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/(pch/|main\\.cpp)")
  if(NOT sources)  # a folder whose first file is not written yet
    set(sources ${CMAKE_BINARY_DIR}/empty.cpp)
    if(NOT EXISTS ${sources})
      file(WRITE ${sources} "")
    endif()
  endif()
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include-path/${folder})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${folder} ${CMAKE_BINARY_DIR}/include-path/${folder}/${folder}
       SYMBOLIC)
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(${name} PUBLIC ${CMAKE_BINARY_DIR}/include-path/${folder})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} ${ARG_LINK})
  if(ARG_TORCH)
    tts_use_torch(${name})
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 5)
  endif()
  tts_warnings(${name})
endfunction()

# The shared precompiled torch header: compiled once (in target tts_torch), reused by everyone.
function(tts_use_torch target)
  target_link_libraries(${target} PUBLIC LibTorch::LibTorch)
  target_precompile_headers(${target} REUSE_FROM tts_torch)
endfunction()

function(tts_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra)
  if(TTS_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  if(TTS_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${TTS_SANITIZE} -fno-omit-frame-pointer -g1)
    target_link_options(${target} PUBLIC -fsanitize=${TTS_SANITIZE})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL EXECUTABLE)
      target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/sanitizer_defaults.cpp)
      set_source_files_properties(${CMAKE_SOURCE_DIR}/cmake/sanitizer_defaults.cpp PROPERTIES
                                  SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endif()
endfunction()
