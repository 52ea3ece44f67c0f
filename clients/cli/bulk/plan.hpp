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
    /// What it was planned on: how many such there were, or which version its target had. The same asked for again later, on
    /// purpose, is planned on something else.
    std::uint64_t planned_on = 0;
};

struct plan {
    /// The same for the same rows planned on the same, so that the server knows it again, whoever is faster. Of what makes
    /// something, where anything is made: that is what must not be there twice. `whole`: of all of it.
    std::string id(std::string_view kind, std::uint64_t by, bool whole = false) const;

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

/// Everyone, as a cell names them: as on the command line (names.hpp). What is one person's number and another's login, name or number elsewhere ("hr:12") is refused with all that it could mean.
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
    /// The highest number that is anybody's.
    std::uint64_t newest() const { return by_id_.empty() ? 0 : by_id_.rbegin()->first; }

private:
    /// Whoever a cell may mean, and how it would be written so that it means nobody else.
    std::map<std::uint64_t, std::string> meant_by(const std::string& typed) const;

    names& known_;
    std::map<std::string, std::vector<const json*>, std::less<>> by_external_number_;
    std::map<std::string, const json*, std::less<>> by_login_, by_external_;
    std::map<std::uint64_t, const json*> by_id_;
};

/// A day as files have it (context::day_in_file); nothing, and a fault, for anything else.
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
    std::string_view noun;  ///< also in the ids of its commands: never another
    std::span<const column_about> columns;
    plan (*make)(context& about, const std::vector<record>& from);
};
const kind& tasks();
const kind& members();
const kind& indicators();

}  // namespace cli::bulk
