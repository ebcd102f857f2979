# cmake --install build [--prefix DIR]: bin/tts, include/tts/*.h, share/tts/voices/*.
include(GNUInstallDirs)
if(TARGET tts)
  install(TARGETS tts RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(NOT TTS_TRAIN_ONLY)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/tts DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
          FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/voices/ DESTINATION ${CMAKE_INSTALL_DATADIR}/tts/voices
          PATTERN ".*" EXCLUDE)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
