// Exists so that CMake compiles the precompiled torch header once.
