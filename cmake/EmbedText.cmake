# Turns text files into C++ constants: a source file that defines
# `const std::string_view NAME` for every NAME=FILE[+FILE...], its files one
# behind the other. As a script:
#   cmake -D OUT=out.cc -D HEADER=the/header.h -D "TEXTS=..." -P EmbedText.cmake
# where TEXTS has a comma between its parts.

string(REPLACE "," ";" texts "${TEXTS}")
set(code "// Made by cmake/EmbedText.cmake.\n#include \"${HEADER}\"\n\n")
string(APPEND code "namespace wirecopy {\n")
foreach(text IN LISTS texts)
  string(REGEX MATCH "^([A-Za-z]+)=(.+)$" matched "${text}")
  set(name "${CMAKE_MATCH_1}")
  string(REPLACE "+" ";" files "${CMAKE_MATCH_2}")
  string(APPEND code "\nconst std::string_view ${name} =")
  foreach(file IN LISTS files)
    file(READ "${file}" content)
    string(APPEND code "\n    R\"embedded(${content})embedded\"")
  endforeach()
  string(APPEND code ";\n")
endforeach()
string(APPEND code "\n}  // namespace wirecopy\n")
file(WRITE "${OUT}" "${code}")
