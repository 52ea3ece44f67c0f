#pragma once
// The company's departments and roles, by code or by their Chinese or English names.

#include "clients/cli/client.hpp"
#include "clients/cli/language.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

class chart {
public:
    /// `org`: as the server shows it.
    explicit chart(const json& org);

    /// The code; nothing where there is no such one, or two are called so. As long as none is defined any
    /// department will do, and any role as long as nothing is.
    std::optional<std::string> department(std::string_view typed) const;
    std::optional<std::string> role(std::string_view typed) const;

    /// Those that there are, for a person.
    std::string departments(language l) const { return names(departments_, l); }
    std::string roles(language l) const { return names(roles_, l); }

private:
    struct entry {
        std::string code, zh, en;
    };
    static const entry* find(const std::vector<entry>& all, std::string_view typed);
    static std::string names(const std::vector<entry>& all, language l);

    std::vector<entry> departments_, roles_;
    bool any_role_ = false;  ///< nothing at all is defined
};

}  // namespace cli
