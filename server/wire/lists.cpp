// The parts of `documents` that are lists of rows, and the rows that a feed tells of. What is long is read in parts.

#include "core/access/access.hpp"
#include "events/codec/json_write.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/list_json.hpp"

#include <charconv>
#include <utility>

namespace server::wire {
namespace {

using events::codec::write_number;
using models = core::views::views;

// So many rows are written, or channels looked at, before the projector may go on. No page of HTTP has more.
constexpr std::size_t rows_at_once = 200;
constexpr std::size_t channels_at_once = 4'096;

constexpr std::string_view open_prefix = "open-", closed_prefix = "closed-";

}  // namespace

bool read_task_cursor(std::string_view text, page& p) {
    p.order = text.starts_with(open_prefix)     ? task_order::open_first
              : text.starts_with(closed_prefix) ? task_order::closed_last
                                                : task_order::newest_changed;
    if (p.order != task_order::newest_changed) text.remove_prefix(text.find('-') + 1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), p.cursor);
    return error == std::errc{} && end == text.data() + text.size() && p.cursor <= INT64_MAX;
}

reading documents::in_parts(events::member_id who, const std::function<bool(const models&, const core::person&, std::string&)>& part) const {
    document whole;
    bool begun = false, allowed = true;
    for (bool more = true; more;) {
        more = look([&](const models& v, events::position at) {
            const auto* reader = active(v, who);
            allowed = reader != nullptr;
            if (!reader) return false;
            if (!std::exchange(begun, true)) {
                whole.at = at;
                whole.body = open_list(at);
            }
            return part(v, *reader, whole.body);
        });
    }
    if (!allowed) return missing();
    return whole;
}

reading documents::members(events::member_id who, page p) const {
    auto found = in_parts(who, [&](const models& v, const core::person& reader, std::string& out) {
        const auto many = std::min(p.limit, rows_at_once);
        const auto rows = v.directory.page({p.cursor}, many);
        for (const auto* row : rows) {
            p.cursor = row->who.id.value;
            if (!core::access::may_see_member(row->who.id, reader, v.channels)) continue;
            comma(out);
            write_row(out, *row);
            --p.limit;
        }
        return rows.size() == many && p.limit > 0;
    });
    if (auto* d = std::get_if<document>(&found)) close_list(d->body, p.limit == 0 ? p.cursor : 0);
    return found;
}

reading documents::tasks(events::member_id who, const core::views::task_filter& wanted, bool overdue, page p) const {
    const auto day = today();
    auto filter = wanted;
    if (overdue) filter.overdue_on = day;
    std::string next;
    auto found = in_parts(who, [&](const models& v, const core::person& reader, std::string& out) {
        return v.with_context(&reader, now_(), utc_offset_, [&](const core::context& by) {
            const auto many = std::min(p.limit, rows_at_once);
            std::vector<const core::views::task_row*> rows;
            next.clear();
            if (p.order == task_order::newest_changed) {
                auto part = v.board.page(filter, by, {p.cursor}, many);
                rows = std::move(part.rows);
                p.cursor = part.next.value;
                if (part.next) next = std::to_string(p.cursor);
            } else {
                auto part = v.board.open_first(filter, by, {p.order == task_order::open_first, {p.cursor}}, many);
                rows = std::move(part.rows);
                if (part.next) {
                    p.order = part.next->open ? task_order::open_first : task_order::closed_last;
                    p.cursor = part.next->before.value;
                    next = std::string(part.next->open ? open_prefix : closed_prefix) + std::to_string(p.cursor);
                }
            }
            for (const auto* row : rows) {
                comma(out);
                write_row(out, *row, day);
            }
            p.limit -= rows.size();
            return p.limit > 0 && !next.empty();
        });
    });
    if (auto* d = std::get_if<document>(&found)) close_list(d->body, next);
    return found;
}

reading documents::sorted_tasks(events::member_id who, const core::views::task_query& wanted, const std::optional<core::views::task_cursor>& after,
                                std::size_t limit) const {
    const auto day = today();
    return look([&](const models& v, events::position at) -> reading {
        const auto* reader = active(v, who);
        if (!reader) return missing();
        const core::views::task_board::present now{present_->board, [&](events::task_id t) { return still_lets_see(stream_of(t), who); }};
        const auto page = v.with_context(reader, now_(), utc_offset_,
                                         [&](const core::context& by) { return v.board.sorted(wanted, by, after, limit, past_ ? &now : nullptr); });
        document d{R"({"position":)", at};
        write_number(d.body, at.value);
        d.body += R"(,"total":)";
        write_number(d.body, page.total);
        d.body += R"(,"items":[)";
        for (const auto* row : page.rows) {
            comma(d.body);
            write_row(d.body, *row, day);
        }
        close_list(d.body, page.next ? std::to_string(page.next->key) + "." + std::to_string(page.next->number) : std::string());
        return d;
    });
}

bool read_sorted_cursor(std::string_view text, std::optional<core::views::task_cursor>& after) {
    core::views::task_cursor at;
    const auto* const end = text.data() + text.size();
    const auto [dot, bad_key] = std::from_chars(text.data(), end, at.key);
    if (bad_key != std::errc{} || dot == end || *dot != '.') return false;
    const auto [last, bad_number] = std::from_chars(dot + 1, end, at.number);
    if (bad_number != std::errc{} || last != end || at.number == 0) return false;
    after = at;
    return true;
}

reading documents::channels(events::member_id who, page p) const {
    bool more = false;
    auto found = in_parts(who, [&](const models& v, const core::person& reader, std::string& out) {
        for (std::size_t rows = 0, looks = 0; p.cursor < v.channels.size() && p.limit > 0 && rows < rows_at_once && looks < channels_at_once; ++looks) {
            const auto* row = v.channels.row({++p.cursor});
            if (!lets_see(*row, reader)) continue;
            comma(out);
            write_row(out, *row, who);
            ++rows;
            --p.limit;
        }
        more = p.cursor < v.channels.size();
        return more && p.limit > 0;
    });
    if (auto* d = std::get_if<document>(&found)) close_list(d->body, more ? p.cursor : 0);
    return found;
}

void documents::write_task_rows(std::string& out, const std::vector<std::uint64_t>& which, const core::person& reader) const {
    const auto day = today();
    out += '[';
    for (auto at = which.begin(); at != which.end();) {
        views_.read([&](const models& v, events::position) {
            v.with_context(&reader, now_(), utc_offset_, [&](const core::context& by) {
                for (std::size_t n = 0; n < rows_at_once && at != which.end(); ++n, ++at) {
                    const auto* row = v.board.row({*at});
                    if (!row || !core::access::may_see_task(*row, by)) continue;
                    comma(out);
                    write_row(out, *row, day);
                }
            });
        });
    }
    out += ']';
}

std::optional<std::string> documents::rows_line(const feed& f, const std::set<std::uint64_t>& which, const leavings& left,
                                                events::position held, events::member_id who) const {
    const auto mine = left.find(who);
    std::vector<std::uint64_t> gone;
    // Of a channel that they may not see they are told only if they were in it until then.
    const auto lost = [&](std::uint64_t number) {
        if (mine == left.end()) return false;
        const auto at = mine->second.find(number);
        return at != mine->second.end() && at->second > held;
    };
    std::string out = R"({"type":"events","feed":")" + to_string(f) + R"(","position":)";
    bool begun = false, allowed = true;
    for (auto next = which.begin(); allowed && next != which.end();) {
        views_.read([&](const models& v, events::position at) {
            const auto* reader = active(v, who);
            allowed = reader != nullptr;
            if (!std::exchange(begun, true)) {
                write_number(out, at.value);
                out += R"(,"events":[],"rows":[)";
            }
            for (std::size_t n = 0; allowed && n < rows_at_once && next != which.end(); ++n, ++next) {
                if (f.kind == feed_kind::directory) {
                    if (const auto* row = v.directory.row({*next}); row && core::access::may_see_member({*next}, *reader, v.channels)) {
                        comma(out);
                        write_row(out, *row);
                    }
                } else if (const auto* row = v.channels.row({*next}); row && core::access::may_see_channel(*row, *reader)) {
                    comma(out);
                    write_row(out, *row, who);
                } else if (lost(*next)) {
                    gone.push_back(*next);
                }
            }
        });
    }
    if (!begun || !allowed || (out.back() == '[' && gone.empty())) return std::nullopt;
    out += ']';
    if (!gone.empty()) {
        out += R"(,"gone":)";
        events::codec::write_json(out, gone);
    }
    out += '}';
    return out;
}

std::optional<std::string> documents::flow_rows_line(const feed& f, const std::set<std::uint64_t>& which, std::set<std::uint64_t>& shown,
                                                     events::member_id who) const {
    const auto kind = listed_by(f.kind);
    const auto* how = kind ? reading_of(*kind) : nullptr;
    std::vector<std::uint64_t> gone;
    std::string out = R"({"type":"events","feed":")" + to_string(f) + R"(","position":)";
    bool begun = false, allowed = true;
    for (auto next = which.begin(); how && allowed && next != which.end();) {
        views_.read([&](const models& v, events::position at) {
            const auto* reader = active(v, who);
            allowed = reader != nullptr;
            if (!std::exchange(begun, true)) {
                write_number(out, at.value);
                out += R"(,"events":[],"rows":[)";
            }
            if (!allowed) return;
            v.with_context(reader, now_(), utc_offset_, [&](const core::context& by) {
                for (std::size_t n = 0; n < rows_at_once && next != which.end(); ++n, ++next) {
                    if (how->write_row(out, *next, v, by)) shown.insert(*next);
                    else if (shown.erase(*next)) gone.push_back(*next);
                }
            });
        });
    }
    if (!begun || !allowed || (out.back() == '[' && gone.empty())) return std::nullopt;
    out += ']';
    if (!gone.empty()) {
        out += R"(,"gone":)";
        events::codec::write_json(out, gone);
    }
    out += '}';
    return out;
}

}  // namespace server::wire
