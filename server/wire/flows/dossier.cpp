#include "server/wire/flows/dossier.hpp"

#include "core/cited.hpp"
#include "core/election/election.hpp"
#include "events/codec/json_write.hpp"

namespace server::wire {
namespace {

using events::codec::write_json;
using events::codec::write_number;
using events::codec::write_string;

void comma(std::string& out) {
    if (out.back() != '[' && out.back() != '{') out += ',';
}

}  // namespace

std::vector<events::member_id> shown_turn(std::string_view command, std::vector<events::member_id> on, events::member_id reader) {
    if (command == core::election::cast::type) std::erase_if(on, [&](auto who) { return who != reader; });
    return on;
}

void write_turn(std::string& out, const core::flow::turn& t) {
    write_json(out, t.who);
    if (t.passed_up) out += R"(,"passed_up":true)";
}

void write_actions(std::string& out, const std::vector<core::flow::action>& actions, events::language reader) {
    out += '[';
    for (const auto& a : actions) {
        comma(out);
        out += R"({"command":)";
        write_string(out, a.command);
        out += R"(,"clause":)";
        write_string(out, a.clause);
        out += R"(,"allowed":)";
        out += a.refused ? "false" : "true";
        if (a.refused) {
            out += R"(,"problem":)";
            write_problem(out, from_refusal(core::cited(*a.refused, a.command, a.clause), {}, {}, a.more), reader);
        }
        if (!a.whose.who.empty()) {
            out += R"(,"whose_turn":)";
            write_turn(out, a.whose);
        }
        out += '}';
    }
    out += ']';
}

void write_waits(std::string& out, const std::vector<core::flow::wait>& waits) {
    out += '[';
    for (const auto& w : waits) {
        comma(out);
        out += R"({"command":)";
        write_string(out, w.command);
        out += R"(,"clause":)";
        write_string(out, w.clause);
        out += R"(,"on":)";
        write_turn(out, w.on);
        if (w.on.who.empty()) out += R"(,"nobody":true)";
        out += '}';
    }
    out += ']';
}

std::vector<step_shown> show_steps(events::category of, const core::views::step_log& log, std::uint32_t flow_version, bool last_open, const core::context& by) {
    const auto& kind = *core::kind_of(of);
    std::vector<step_shown> all;
    const auto& steps = log.all();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        step_shown s{};
        s.status = kind.status_name(steps[i].status);
        s.since = steps[i].since;
        s.by = steps[i].by;
        const bool goes_on = i + 1 == steps.size();
        if (!goes_on) s.until = steps[i + 1].since;
        const auto end = s.until ? *s.until : last_open ? by.now : s.since;
        s.working_minutes = static_cast<std::uint64_t>(by.calendar->working_time(s.since, end, by.how->hours, by.zone_offset).count());
        s.limit_days = by.flows ? by.flows->limit(events::name_of(of), flow_version, s.status) : 0;
        if (s.limit_days) {
            s.due = by.calendar->after(core::date_in(s.since, by.zone_offset), s.limit_days);
            s.late = core::date_in(end, by.zone_offset) > *s.due;
        }
        all.push_back(s);
    }
    return all;
}

void write_steps(std::string& out, const std::vector<step_shown>& steps) {
    out += '[';
    for (const auto& s : steps) {
        comma(out);
        out += R"({"status":)";
        write_string(out, s.status);
        out += R"(,"since":)";
        events::codec::write_instant(out, s.since);
        if (s.until) {
            out += R"(,"until":)";
            events::codec::write_instant(out, *s.until);
        }
        out += R"(,"by":)";
        write_number(out, s.by.value);
        out += R"(,"working_minutes":)";
        write_number(out, s.working_minutes);
        if (s.limit_days) {
            out += R"(,"limit_days":)";
            write_number(out, s.limit_days);
        }
        if (s.due) {
            out += R"(,"due":)";
            events::codec::write_date(out, *s.due);
        }
        out += R"(,"late":)";
        out += s.late ? "true}" : "false}";
    }
    out += ']';
}

void write_list(std::string& out, const std::vector<std::string_view>& values) {
    out += '[';
    for (const auto& v : values) {
        comma(out);
        out += v;
    }
    out += ']';
}

void write_forms(std::string& out, const sorted_history& of) {
    out += '{';
    for (const auto& [name, event] : of.single) {
        comma(out);
        write_string(out, name);
        out += ':';
        out += event.front();
    }
    for (const auto& [name, list] : of.many) {
        comma(out);
        write_string(out, name);
        out += ':';
        write_list(out, list);
    }
    out += '}';
}

}  // namespace server::wire
