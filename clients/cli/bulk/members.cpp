// People of a file: who is not there joins, who is (by number, login, or who they are elsewhere) becomes as the row says. A
// superior may be somebody who joins by another row.

#include "clients/cli/bulk/plan.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli::bulk {
namespace {

const column_about columns[] = {
    {"id", {"编号", "ID"}},
    {"name", {"姓名", "Name"}, true, {"王芳", "Wang Fang"}},
    {"login", {"登录名", "Login"}, false, {"wang.fang", "wang.fang"}},
    {"department", {"部门", "Department"}, true, {"operations", "operations"}},
    {"roles", {"角色", "Roles"}, false, {"SP", "SP"}},
    {"language", {"语言", "Language"}, true, {"中文", "zh"}},
    {"superior", {"上级", "Superior"}, false, {"li.na", "li.na"}},
    {"external", {"外部身份", "External"}, false},
    {"status", {"状态", "Status"}, false, {}, true},
};

constexpr choice languages[] = {{"zh", {"中文", "Chinese"}}, {"en", {"英文", "English"}}};

std::string login_in(const record& r) { return small_letters(r["login"].starts_with('@') ? r["login"].substr(1) : r["login"]); }

std::vector<std::string> codes_in(const std::string& cell) { return parts_in(cell, {"\n", ",", "，", "、", "；", ";"}); }

class planner {
public:
    explicit planner(context& about) : planner(about, about.server().get("/api/v1/org")) {}

    planner(context& about, const json& org) : people_(about), chart_(org), newest_(people_.newest()) {
        for (const auto& s : list_at(org, "superiors"))
            if (const auto who = number_at(s, "member")) superiors_[*who] = number_at(s, "superior").value_or(0);
    }

    void take(const std::vector<record>& from) {
        for (const auto& r : from) {
            const auto before = out.commands.size() + out.faults.size();
            const auto* row = known(r);
            if (row)
                update(r, *row);
            else if (!r.has("id"))
                join(r);
            touched_[&r] = out.commands.size() + out.faults.size() > before;
        }
        // Only now is it known who joins.
        for (const auto& r : from)
            if (r.has("superior") && (people_of_row_.contains(&r) || joins_of_row_.contains(&r))) answer_to(r);
        for (const auto& r : from)
            if (people_of_row_.contains(&r)) ++(touched_[&r] ? out.updated : out.unchanged);
    }

    plan out;

private:
    const json* known(const record& r) {
        if (r.has("id")) {
            const auto id = number_in(r, "id", "member/", out);
            const auto* row = id ? people_.with_id(*id) : nullptr;
            if (id && !row)
                out.refuse(r, "id", "没有这个人：请检查编号；新人请留空",
                           "there is no such person: check the number; leave it empty for somebody new");
            if (row && r.has("login") && login_in(r) != text_at(*row, "login"))
                out.refuse(r, "login", "登录名不能改动：请保持原样或留空", "a login can't be changed: leave it as it is, or empty");
            return row;
        }
        if (r.has("login"))
            if (const auto* row = people_.with_login(r["login"])) return row;
        return r.has("external") ? people_.with_external(r["external"]) : nullptr;
    }

    void join(const record& r) {
        bool good = out.has_all(r, columns);
        json data{{"name", r["name"]}, {"department", ""}, {"roles", json::array()}};
        if (r.has("department")) {
            if (const auto d = department_in(chart_, r, "department", out)) data["department"] = *d;
            else good = false;
        }
        if (const auto roles = roles_in(chart_, r, "roles", out)) data["roles"] = *roles;
        else good = false;
        if (r.has("login")) data["login"] = login_in(r);
        if (r.has("external")) data["external"] = r["external"];
        if (r.has("language")) {
            const auto l = choice_in(r, "language", languages, out);
            if (l)
                data["language"] = *l;
            else
                good = false;
        }
        if (!good) return;
        if (!r.has("login") && !r.has("external")) {
            out.refuse(r, "login", "登录名与外部身份须至少有一个，否则再次导入会重复",
                       "give a login or an external identity: without either, the same file would make them twice");
            return;
        }
        ++out.created;
        joins_of_row_[&r] = out.commands.size();
        if (r.has("login")) joins_[text_at(data, "login")] = out.commands.size();
        // Who was there once and is erased may come again.
        out.commands.push_back({{{"command", "member.join"}, {"data", std::move(data)}}, r.row, {}, newest_});
    }

    void update(const record& r, const json& row) {
        const auto id = number_at(row, "id").value_or(0);
        if (!people_of_row_.emplace(&r, id).second || !seen_.insert(id).second) {
            out.refuse(r, "", "同一个人出现在两行：请合并", "the same person is in two rows: make them one");
            people_of_row_.erase(&r);
            return;
        }
        const auto change = [&](const char* command, json data) {
            out.commands.push_back({{{"command", command}, {"target", fmt::format("member/{}", id)}, {"data", std::move(data)}}, r.row, {}, number_at(row, "version").value_or(0)});
        };
        if (r.has("name") && r["name"] != as_kept(text_at(row, "name"))) change("member.rename", {{"name", r["name"]}});
        if (r.has("department") && r["department"] != text_at(row, "department"))
            if (const auto d = department_in(chart_, r, "department", out); d && *d != text_at(row, "department"))
                change("member.set_department", {{"department", *d}});
        if (r.has("roles")) {
            std::vector<std::string> there;
            for (const auto& role : list_at(row, "roles")) there.push_back(role.get<std::string>());
            const auto same = [&](const std::vector<std::string>& wanted) {
                return std::is_permutation(wanted.begin(), wanted.end(), there.begin(), there.end());
            };
            if (!same(codes_in(r["roles"])))
                if (const auto wanted = roles_in(chart_, r, "roles", out); wanted && !same(*wanted)) change("member.set_roles", {{"roles", *wanted}});
        }
        if (r.has("language"))
            if (const auto l = choice_in(r, "language", languages, out); l && *l != text_at(row, "language"))
                change("member.choose_language", {{"language", *l}});
        if (r.has("external") && r["external"] != text_at(row, "external"))
            out.refuse(r, "external", "外部身份不能改动：请保持原样或留空",
                       "an external identity can't be changed: leave it as it is, or empty");
    }

    void answer_to(const record& r) {
        const auto& typed = r["superior"];
        json superior;
        const auto joins = joins_.find(small_letters(typed.starts_with('@') ? typed.substr(1) : typed));
        if (joins != joins_.end()) {
            superior = fmt::format("#{}", joins->second);
        } else {
            const auto id = people_.find(r, "superior", out);
            if (!id) return;
            superior = *id;
        }
        const auto there = people_of_row_.find(&r);
        if (there != people_of_row_.end() && superior == json(superiors_[there->second])) return;
        const bool here = there != people_of_row_.end();
        const auto target = here ? fmt::format("member/{}", there->second) : fmt::format("#{}", joins_of_row_.at(&r));
        const auto* row = here ? people_.with_id(there->second) : nullptr;
        out.commands.push_back({{{"command", "member.set_superior"}, {"target", target}, {"data", {{"superior", superior}}}}, r.row, {}, row ? number_at(*row, "version").value_or(0) : newest_});
        touched_[&r] = true;
    }

    people people_;
    chart chart_;
    std::uint64_t newest_;
    std::map<std::uint64_t, std::uint64_t> superiors_;
    std::map<const record*, std::uint64_t> people_of_row_;
    std::map<const record*, std::size_t> joins_of_row_;
    std::map<const record*, bool> touched_;
    std::map<std::string, std::size_t, std::less<>> joins_;  // by login: the command that makes them
    std::set<std::uint64_t> seen_;
};

plan make(context& about, const std::vector<record>& from) {
    planner p(about);
    p.take(from);
    return std::move(p.out);
}

}  // namespace

const kind& members() {
    static const kind one{"member", columns, make};
    return one;
}

}  // namespace cli::bulk
