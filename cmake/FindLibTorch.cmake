# LibTorch::LibTorch from Debian's libtorch-dev, PyPI's wheel or an unpacked LibTorch.
#
# LibTorch's own TorchConfig.cmake demands a CUDA toolkit whenever the build it belongs to has one,
# even for a CPU program; looking for the headers and libraries works with every build.
#   -DTTS_TORCH_DIR=DIR (or CMAKE_PREFIX_PATH)   DIR/include, DIR/lib
set(TTS_TORCH_DIR "" CACHE PATH "LibTorch to use (folder with include/ and lib/); default: the system's")
find_path(LIBTORCH_INCLUDE torch/csrc/api/include/torch/torch.h
          HINTS ${TTS_TORCH_DIR}/include $ENV{TTS_TORCH_DIR}/include)
find_library(LIBTORCH_CPU torch_cpu HINTS ${TTS_TORCH_DIR}/lib $ENV{TTS_TORCH_DIR}/lib)
find_library(LIBTORCH_C10 c10 HINTS ${TTS_TORCH_DIR}/lib $ENV{TTS_TORCH_DIR}/lib)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch REQUIRED_VARS LIBTORCH_CPU LIBTORCH_C10 LIBTORCH_INCLUDE)
if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  get_filename_component(LIBTORCH_LIB_DIR ${LIBTORCH_CPU} DIRECTORY)
  file(STRINGS ${LIBTORCH_INCLUDE}/torch/csrc/api/include/torch/version.h _torch_version
       REGEX "define TORCH_VERSION ")
  message(STATUS "LibTorch: ${LIBTORCH_CPU} ${_torch_version}")
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
                             ${LIBTORCH_INCLUDE} ${LIBTORCH_INCLUDE}/torch/csrc/api/include)
  target_link_libraries(LibTorch::LibTorch INTERFACE ${LIBTORCH_CPU} ${LIBTORCH_C10})
  if(TTS_TORCH_DIR OR DEFINED ENV{TTS_TORCH_DIR})
    # The CUDA runtime that a CUDA build of libtorch_cpu asks for lies beside it, in site-packages,
    # or in a toolkit.
    file(GLOB _cuda_dirs ${LIBTORCH_LIB_DIR}/../../nvidia/*/lib /usr/local/cuda/lib64
         /usr/local/cuda-*/lib)
    foreach(dir ${LIBTORCH_LIB_DIR} ${_cuda_dirs})
      list(APPEND CMAKE_BUILD_RPATH ${dir})
      list(APPEND CMAKE_INSTALL_RPATH ${dir})
      target_link_options(LibTorch::LibTorch INTERFACE -Wl,-rpath-link,${dir})
    endforeach()
    target_link_options(LibTorch::LibTorch INTERFACE -Wl,--disable-new-dtags)
  endif()
  if(TTS_CUDA)
    find_library(LIBTORCH_CUDA torch_cuda HINTS ${LIBTORCH_LIB_DIR} REQUIRED)
    find_library(LIBTORCH_C10_CUDA c10_cuda HINTS ${LIBTORCH_LIB_DIR} REQUIRED)
    target_link_libraries(LibTorch::LibTorch INTERFACE
                          -Wl,--no-as-needed ${LIBTORCH_CUDA} ${LIBTORCH_C10_CUDA} -Wl,--as-needed)
  endif()
endif()
