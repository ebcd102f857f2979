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
  message(STATUS "LibTorch: ${LIBTORCH_CPU}")
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
                             ${LIBTORCH_INCLUDE} ${LIBTORCH_INCLUDE}/torch/csrc/api/include)
  target_link_libraries(LibTorch::LibTorch INTERFACE ${LIBTORCH_CPU} ${LIBTORCH_C10})
  if(NOT LIBTORCH_LIB_DIR IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
    # The CUDA runtime that a CUDA build of libtorch_cpu asks for lies beside it, in site-packages,
    # or in a toolkit.
    file(GLOB _rpath ${LIBTORCH_LIB_DIR}/../../nvidia/*/lib /usr/local/cuda/lib64
         /usr/local/cuda-*/lib)
    list(PREPEND _rpath ${LIBTORCH_LIB_DIR})
  elseif(EXISTS ${LIBTORCH_LIB_DIR}/openblas-openmp/libblas.so.3)
    # Debian's LibTorch takes whatever libblas.so.3 the machine's alternatives point to. OpenBLAS on
    # OpenMP shares its threads with LibTorch; the others fight it (docs/measured/libtorch.md).
    set(_rpath ${LIBTORCH_LIB_DIR}/openblas-openmp)
  else()
    message(WARNING "libopenblas0-openmp is not installed: matrix products may be slow")
    set(_rpath "")
  endif()
  foreach(dir ${_rpath})
    list(APPEND CMAKE_BUILD_RPATH ${dir})
    list(APPEND CMAKE_INSTALL_RPATH ${dir})
    target_link_options(LibTorch::LibTorch INTERFACE -Wl,-rpath-link,${dir})
  endforeach()
  # RPATH, not RUNPATH: it has to reach the libraries that LibTorch loads in its turn.
  target_link_options(LibTorch::LibTorch INTERFACE -Wl,--disable-new-dtags)
  if(TTS_CUDA)
    find_library(LIBTORCH_CUDA torch_cuda HINTS ${LIBTORCH_LIB_DIR} REQUIRED)
    find_library(LIBTORCH_C10_CUDA c10_cuda HINTS ${LIBTORCH_LIB_DIR} REQUIRED)
    target_link_libraries(LibTorch::LibTorch INTERFACE
                          -Wl,--no-as-needed ${LIBTORCH_CUDA} ${LIBTORCH_C10_CUDA} -Wl,--as-needed)
  endif()
endif()
