# A step of cpack, in the tree that it packs: usr/etc becomes etc, there or in a component's folder.
file(GLOB places ${CPACK_TEMPORARY_DIRECTORY}/usr/etc ${CPACK_TEMPORARY_DIRECTORY}/*/usr/etc)
foreach(place ${places})
  get_filename_component(root ${place}/../.. ABSOLUTE)
  file(RENAME ${place} ${root}/etc)
endforeach()
