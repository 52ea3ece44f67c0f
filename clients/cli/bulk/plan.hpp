#pragma once
// What a file comes to: commands that are sent together, what is as it should be already, and what is wrong.

#include "clients/cli/bulk/records.hpp"
#include "clients/cli/chart.hpp"
#include "clients/cli/context.hpp"

#include <set>

namespace cli::bulk {

struct planned {
    json command;  ///< as a transaction carries it
    std::uint64_t row;
    /// Which column a field of its data is from; what is not here has the field's own name.
    std::map<std::string, std::string, std::less<>> columns = {};
};

struct plan {
    std::vector<planned> commands;
    std::vector<fault> faults;
    std::uint64_t created = 0;
    std::uint64_t updated = 0;
    std::uint64_t unchanged = 0;

    void refuse(const record& r, std::string column, std::string zh, std::string en) {
        faults.push_back({r.row, std::move(column), std::move(zh), std::move(en)});
    }
    /// Where the record lacks one that something new needs: a fault, and false.
    bool has_all(const record& r, std::span<const column_about> columns);
};

/// Everyone, as a cell names them: "12", "member/12", "@chen.wei", "chen.wei", or a name that only one person has. What is one
/// person's number and another's login, name or number elsewhere ("hr:12") is refused with all that it could mean.
class people {
public:
    explicit people(context& about);

    struct person {
        std::uint64_t id;
        const json* row;
    };
    /// Nothing, and a fault in the plan, where the cell names nobody or more than one.
    std::optional<std::uint64_t> find(const record& r, std::string_view column, plan& into) const;
    const json* with_id(std::uint64_t id) const;
    const json* with_login(std::string_view login) const;
    const json* with_external(std::string_view external) const;

private:
    /// Whoever a cell may mean, and how it would be written so that it means nobody else.
    std::map<std::uint64_t, std::string> meant_by(const std::string& typed) const;

    json all_;
    std::map<std::string, std::vector<const json*>, std::less<>> by_name_, by_external_number_;
    std::map<std::string, const json*, std::less<>> by_login_, by_external_;
    std::map<std::uint64_t, const json*> by_id_;
};

/// "2026-12-01", "2026/12/1", "2026年12月1日", "+3d"; nothing, and a fault, for anything else.
std::optional<std::string> day_in(context& about, const record& r, std::string_view column, plan& into);

/// A whole number, with or without what stands before it ("project/3") or "%" after it; nothing, and a fault, otherwise.
std::optional<std::uint64_t> number_in(const record& r, std::string_view column, std::string_view prefix, plan& into);

/// One of the codes, by itself or by one of its names; nothing, and a fault, otherwise.
struct choice {
    std::string_view code;
    text name;
};
std::optional<std::string> choice_in(const record& r, std::string_view column, std::span<const choice> choices, plan& into);

/// Parts of a cell: a line each, or with one of these between.
std::vector<std::string> parts_in(std::string_view cell, std::initializer_list<std::string_view> between);

/// A department's code, named by it or by its Chinese or English name; nothing, and a fault that says which there are, where
/// there is no such one.
std::optional<std::string> department_in(const chart& of, const record& r, std::string_view column, plan& into);
/// Roles' codes, with commas or the like between.
std::optional<std::vector<std::string>> roles_in(const chart& of, const record& r, std::string_view column, plan& into);

/// What can be brought over, by its noun.
struct kind {
    std::string_view noun;
    std::span<const column_about> columns;
    plan (*make)(context& about, const std::vector<record>& from);
};
const kind& tasks();
const kind& members();
const kind& indicators();

}  // namespace cli::bulk
