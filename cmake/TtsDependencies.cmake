find_package(LibTorch REQUIRED)
find_package(Threads REQUIRED)
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  # A precompiled header is rebuilt with a new time stamp; tell ccache to look at its contents.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

# Header-only packages, which the trainer needs too.
# TTS_DEPS_DIR may hold them itself or in include/.
find_path(JSON_INCLUDE nlohmann/json.hpp HINTS ${TTS_DEPS_DIR} REQUIRED)
find_path(CXXOPTS_INCLUDE cxxopts.hpp HINTS ${TTS_DEPS_DIR} REQUIRED)
add_library(tts_headers INTERFACE)
target_include_directories(tts_headers SYSTEM INTERFACE ${JSON_INCLUDE} ${CXXOPTS_INCLUDE})

if(NOT TTS_TRAIN_ONLY)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(SOXR REQUIRED IMPORTED_TARGET soxr)
  pkg_check_modules(EBUR128 REQUIRED IMPORTED_TARGET libebur128)
  pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
  pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
  pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
endif()
