# `cpack --config build/CPackConfig.cmake` makes a Debian package of the installed tree: programs,
# library and headers, voices, manual, completions, and the module for speech-dispatcher.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tts)
set(CPACK_PACKAGE_VENDOR "The tts authors")
set(CPACK_PACKAGE_CONTACT "The tts authors <tts@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "text-to-speech engine on neural codec tokens")
set(CPACK_PACKAGE_DESCRIPTION
    "Speaks English, German and Dutch on a CPU, without a network: a program, a server with OpenAI's
speech API, a C library, and a module for speech-dispatcher.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
# One package of all components, those too that `cmake --install` leaves out.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_COMPONENTS_ALL Unspecified voices speech-dispatcher)
# What the programs load at run time, which dpkg-shlibdeps does not see: sound files, and espeak-ng.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libsndfile1, libespeak-ng1, espeak-ng-data")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "speech-dispatcher")
# Another LibTorch than Debian's is in no package that could be named.
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(DPKG_SHLIBDEPS AND NOT TTS_TORCH_DIR)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})
endif()
# What an administrator may change is not overwritten; it belongs into /etc, not /usr/etc.
file(WRITE ${CMAKE_BINARY_DIR}/package/conffiles "/${TTS_SPEECHD_CONFIG}/tts.conf\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/package/conffiles)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/MoveConfiguration.cmake)
include(CPack)
