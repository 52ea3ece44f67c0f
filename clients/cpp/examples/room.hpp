#pragma once
// What the examples share: where the room is, and who one is there.

#include "opsroom/room.hpp"

#include <cstdlib>
#include <iostream>
#include <string>

inline std::string environment(const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? otherwise : value;
}

inline opsroom::room from_environment(const std::string& login) {
    opsroom::connect_options how{.url = environment("OPSROOM_SERVER", "http://127.0.0.1:8080"), .token = environment("OPSROOM_TOKEN", "")};
    if (how.token.empty()) {
        how.login = environment("OPSROOM_LOGIN", login);
        how.password = environment("OPSROOM_PASSWORD", "opsroom-demo");
    }
    return opsroom::connect(how);
}

/// What goes wrong is said in both languages.
template <class Program>
int told(Program&& program) {
    try {
        program();
        return 0;
    } catch (const opsroom::problem& why) {
        std::cerr << why.zh() << '\n' << why.en() << '\n';
        return 1;
    }
}
