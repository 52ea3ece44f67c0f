// Tasks (F10) of a file: those without a number are assigned, those with one are brought up to what the row says.
//
// A row without a number whose task is there already (title, standard, due day and person are the same as they are, or as it
// was assigned with, and it is not cancelled) does nothing, so that the same file can be given again.

#include "clients/cli/bulk/plan.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

namespace cli::bulk {
namespace {

const column_about columns[] = {
    {"id", {"编号", "ID"}},
    {"title", {"标题", "Title"}, true, {"渠道周报", "Weekly channel data"}},
    {"content", {"内容", "Content"}, false, {"汇总五个渠道的数据", "Figures of all five channels"}},
    {"standard", {"标准", "Standard"}, true, {"五个渠道口径一致", "All five channels agree"}},
    {"due", {"期限", "Due"}, true, {"2026-12-31", "2026-12-31"}},
    {"to", {"负责人", "To"}, true, {"chen.wei", "chen.wei"}},
    {"department", {"部门", "Department"}, false},
    {"priority", {"优先级", "Priority"}, false, {"普通", "normal"}},
    {"checklist", {"清单", "Checklist"}, false, {"取数；核对", "Collect; check"}},
    {"project", {"项目", "Project"}, false},
    {"milestone", {"里程碑", "Milestone"}, false},
    {"strategy", {"策略", "Strategy"}, false},
    {"percent", {"进度", "Percent"}, false},
    {"reason", {"原因", "Reason"}, false},
    {"status", {"状态", "Status"}, false, {}, true},
};

constexpr choice priorities[] = {
    {"low", {"低", "low"}}, {"normal", {"普通", "normal"}}, {"high", {"高", "high"}}, {"urgent", {"紧急", "urgent"}}};

std::string key_of(std::string_view title, std::string_view standard, std::string_view due, std::uint64_t to) {
    return fmt::format("{}\n{}\n{}\n{}", title, standard, due, to);
}

class planner {
public:
    explicit planner(context& about) : about_(about), people_(about), chart_(about.server().get("/api/v1/org")), all_(about.server().list("/api/v1/tasks?sort=id")) {  // no other order stands still while others work
        for (const auto& t : all_) {
            by_id_[number_at(t, "id").value_or(0)] = &t;
            const auto title = as_kept(text_at(t, "title")), standard = as_kept(text_at(t, "standard"));
            ++how_many_[title + "\n" + standard];
            if (text_at(t, "status") == "cancelled") continue;
            there_[key_of(title, standard, text_at(t, "due"), number_at(t, "to").value_or(0))].push_back(&t);
            called_[title + "\n" + standard].push_back(&t);
        }
    }

    void take(const record& r) {
        const auto before = out.faults.size();
        if (r.has("id"))
            update(r);
        else
            create(r);
        if (out.faults.size() > before) ++bad_;
    }

    plan out;

private:
    void create(const record& r) {
        auto data = json::object();
        bool good = out.has_all(r, columns);
        for (const char* key : {"title", "content", "standard"})
            if (r.has(key)) data[key] = r[key];
        const auto put = [&](const char* key, const auto& value) {
            if (value)
                data[key] = *value;
            else
                good = false;
        };
        if (r.has("department")) put("department", department_in(chart_, r, "department", out));
        if (r.has("due")) put("due", day_in(about_, r, "due", out));
        if (r.has("to")) put("to", people_.find(r, "to", out));
        if (r.has("priority")) put("priority", choice_in(r, "priority", priorities, out));
        if (r.has("checklist")) data["checklist"] = parts_in(r["checklist"], {"\n", "；", ";"});
        if (r.has("project")) put("project", number_in(r, "project", "project/", out));
        if (r.has("milestone")) put("milestone", number_in(r, "milestone", "", out));
        if (r.has("strategy")) put("strategy", number_in(r, "strategy", "strategy/", out));
        if (r.has("percent")) {
            out.refuse(r, "percent", "新任务还没有进度：请留空", "a new task has no progress yet: leave it empty");
            good = false;
        }
        if (!good) return;
        const auto name = r["title"] + "\n" + r["standard"];
        const auto key = key_of(r["title"], r["standard"], text_at(data, "due"), *number_at(data, "to"));
        if (take_one(key) || (look_back(name) && take_one(key))) {
            ++out.unchanged;
            return;
        }
        ++out.created;
        // Cancelled ones too: given again then, it is a new task.
        out.commands.push_back({{{"command", "task.assign"}, {"data", std::move(data)}}, r.row, {}, how_many_[name]});
    }

    /// Each task stands for one row.
    bool take_one(const std::string& key) {
        auto& there = there_[key];
        while (!there.empty()) {
            const auto* task = there.back();
            there.pop_back();
            if (taken_.insert(task).second) return true;
        }
        return false;
    }

    /// Tasks that are called so are known by the day and the person that they were assigned with, too. Asked for where it matters.
    bool look_back(const std::string& name) {
        const auto called = called_.find(name);
        if (called == called_.end()) return false;
        for (const auto* task : std::exchange(called->second, {})) {
            if (taken_.contains(task)) continue;
            const auto whole = about_.server().get(fmt::format("/api/v1/tasks/{}", raw_id(*task)));
            for (const auto& e : list_at(whole, "history"))
                if (text_at(e, "type").starts_with("task.assigned.")) {
                    const auto& first = at_or_null(e, "data");
                    there_[fmt::format("{}\n{}\n{}", name, text_at(first, "due"), number_at(first, "to").value_or(0))].push_back(task);
                }
        }
        return true;
    }

    void update(const record& r) {
        const auto id = number_in(r, "id", r["id"].starts_with('#') ? "#" : "task/", out);
        if (!id) return;
        const auto found = by_id_.find(*id);
        if (found == by_id_.end()) {
            out.refuse(r, "id", "没有这个任务，或您无权查看：请检查编号；新任务请留空",
                       "there is no such task, or you may not see it: check the number; leave it empty for a new one");
            return;
        }
        const auto& task = *found->second;
        const auto before = out.commands.size();
        stays(r, task);
        // As it was listed it stays, whoever else has that number elsewhere.
        if (r.has("to") && r["to"] != std::to_string(number_at(task, "to").value_or(0))) change(r, task, "to", people_.find(r, "to", out), "task.reassign");
        if (r.has("due")) change(r, task, "due", day_in(about_, r, "due", out), "task.reschedule");
        if (r.has("percent")) change(r, task, "percent", number_in(r, "percent", "", out), "task.report_progress");
        ++(out.commands.size() > before ? out.updated : out.unchanged);
    }

    /// What was assigned is not assigned otherwise afterwards.
    void stays(const record& r, const json& task) {
        const auto refuse = [&](const char* key) {
            out.refuse(r, key, "任务分配后不能改动此项（S3.2.1）：请保持原样或留空；要改请取消后重新分配",
                       "this can't be changed once assigned (S3.2.1): leave it as it is, or empty; to change it, cancel the task and "
                       "assign it anew");
        };
        for (const char* key : {"title", "content", "standard"})
            if (r.has(key) && r[key] != as_kept(text_at(task, key))) refuse(key);
        if (r.has("department") && r["department"] != text_at(task, "department"))
            if (const auto d = department_in(chart_, r, "department", out); d && *d != text_at(task, "department")) refuse("department");
        if (r.has("priority"))
            if (const auto p = choice_in(r, "priority", priorities, out); p && *p != text_at(task, "priority")) refuse("priority");
        if (r.has("checklist") && json(parts_in(r["checklist"], {"\n", "；", ";"})) != list_at(task, "checklist") && r["checklist"] != as_kept(raw(list_at(task, "checklist"))))
            refuse("checklist");
        for (const char* key : {"project", "milestone", "strategy"})
            if (r.has(key))
                if (const auto n = number_in(r, key, std::string(key) + "/", out); n && *n != number_at(task, key).value_or(0)) refuse(key);
    }

    template <class Value>
    void change(const record& r, const json& task, const char* key, const std::optional<Value>& value, const char* command) {
        if (!value || at_or_null(task, key) == json(*value)) return;
        json data{{key, *value}};
        if (std::string_view(command) != "task.report_progress")
            data["reason"] = r.has("reason") ? r["reason"] : about_.say({"按导入的表", "from an imported table"});
        else if (r.has("reason"))
            data["note"] = r["reason"];
        out.commands.push_back({{{"command", command}, {"target", fmt::format("task/{}", raw_id(task))}, {"data", std::move(data)}},
                                r.row,
                                {{"note", "reason"}},
                                number_at(task, "version").value_or(0)});
    }
    static std::uint64_t raw_id(const json& task) { return number_at(task, "id").value_or(0); }

    context& about_;
    people people_;
    chart chart_;
    json all_;
    std::map<std::uint64_t, const json*> by_id_;
    std::map<std::string, std::vector<const json*>> there_, called_;
    std::map<std::string, std::uint64_t> how_many_;  // by title and standard
    std::set<const json*> taken_;
    std::uint64_t bad_ = 0;
};

plan make(context& about, const std::vector<record>& from) {
    planner p(about);
    for (const auto& r : from) p.take(r);
    return std::move(p.out);
}

}  // namespace

const kind& tasks() {
    static const kind one{"task", columns, make};
    return one;
}

}  // namespace cli::bulk
