# Takes the library for this machine out of what npm installed, once it is the very file that is expected: a wrong package leaves an
# optional dependency out and says nothing. MACHINE, FROM (this folder) and TO are given.
if(MACHINE MATCHES "^(x86_64|amd64|AMD64)$")
  set(cpu x64)
elseif(MACHINE MATCHES "^(aarch64|arm64)$")
  set(cpu arm64)
else()
  message(FATAL_ERROR "没有适用于 ${MACHINE} 的 DuckDB：请用 -DOPSROOM_DUCKDB=/path/to/libduckdb.so 指定 1.5.6 版\n"
                      "There is no DuckDB for ${MACHINE} here: bring version 1.5.6 with -DOPSROOM_DUCKDB=/path/to/libduckdb.so")
endif()
set(name node_modules/@duckdb/node-bindings-linux-${cpu}/libduckdb.so)
if(NOT EXISTS ${FROM}/${name})
  message(FATAL_ERROR "npm 没有装上 DuckDB（${name}）：包与 package-lock.json 不符，或不适用于本机。请删除 ${FROM}/node_modules 后重试，或用 -DOPSROOM_DUCKDB=/path/to/libduckdb.so\n"
                      "npm has not installed DuckDB (${name}): the package is not the one of package-lock.json, or not for this machine. Remove ${FROM}/node_modules and try again, or use -DOPSROOM_DUCKDB=/path/to/libduckdb.so")
endif()
file(SHA256 ${FROM}/${name} found)
file(STRINGS ${FROM}/library.sha256 expected REGEX "  ${name}$")
if(NOT expected STREQUAL "${found}  ${name}")
  message(FATAL_ERROR "DuckDB 的文件与 library.sha256 不符：${FROM}/${name}\nDuckDB's file is not the one of library.sha256: ${FROM}/${name}")
endif()
file(COPY_FILE ${FROM}/${name} ${TO} ONLY_IF_DIFFERENT)
file(TOUCH ${TO})
