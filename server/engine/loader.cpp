#include "server/engine/loader.hpp"

#include "core/kernel/archive.hpp"
#include "core/member/member.hpp"
#include "events/codec/codec.hpp"
#include "events/ending/ending.hpp"
#include "server/engine/member_events.hpp"

#include <string>

namespace server::engine {
namespace {

constexpr std::string_view snapshot_name = "state";
constexpr std::uint64_t snapshot_format = 12;  // added fields have types
constexpr std::chrono::seconds tree_waited_for{60};
constexpr std::uint64_t progress_every = 50'000;

events::recorded read_or_throw(events::decoder& decode, events::position p, std::string_view bytes, const events::keyring& keys) {
    auto event = decode.decode(bytes);
    if (!event) {
        const auto at = std::to_string(p.value);
        if (event.error() == events::codec_error::unknown_type)
            throw events::cannot_go_on(events::ending::newer_version,
                                       {"位置 " + at + " 的事件类型由更新版本的 opsroom 写入：请运行该版本或更新的版本",
                                        "the event at position " + at + " is of a type that a newer opsroom wrote: run that version or a later one"});
        throw events::cannot_go_on(events::ending::damaged,
                                   {"位置 " + at + " 的事件已损坏（" + event.error().message() + "）：请从备份恢复，或保留原样并求助",
                                    "the event at position " + at + " is damaged (" + event.error().message() +
                                        "): restore the data folder from a backup, or keep it as it is and ask for help"});
    }
    // The only personal fields that are needed in memory are members' own.
    if (event->envelope.stream.kind == events::category::member) events::open_personal(*event, keys);
    return std::move(*event);
}

using core::archive::read;
using core::archive::write;

std::string bytes_of(const events::proof::hash& h) { return {reinterpret_cast<const char*>(h.data()), h.size()}; }

}  // namespace

events::position loader::load(const std::function<void(std::uint64_t, std::uint64_t)>& progress) try {
    const auto head = log_.head();
    const auto at = begin();
    if (progress) progress(at.value, head.value);
    go_on(at, head, [&](events::position p) {
        if (progress && p.value % progress_every == 0) progress(p.value, head.value);
        return true;
    });
    if (progress) progress(head.value, head.value);
    look_after_keys();
    return at;
} catch (const events::index_broken&) {
    throw;
} catch (const events::cannot_go_on&) {
    throw;
} catch (const std::runtime_error& e) {
    if (events::what_ended(e, {}).code() != events::ending::unforeseen) throw;  // the system's doing, and not the log's
    throw events::cannot_go_on(events::ending::damaged,
                               {std::string("日志无法读取（") + e.what() + "）：请检查磁盘，从备份恢复，或保留原样并求助",
                                std::string("the log can't be read (") + e.what() +
                                    "): check the disk, restore the data folder from a backup, or keep it as it is and ask for help"});
}

bool loader::load_up_to(events::position goal, std::stop_token stop) {
    return go_on(begin(), goal, [&](events::position) { return !stop.stop_requested(); });
}

events::position loader::begin() {
    const auto at = load_snapshot();
    if (at.value > 0) {
        load_members(at);
        events::decoder decode;
        log_.read_one(at, [&](events::position, std::string_view bytes) {
            if (const auto about = decode.decode_envelope(bytes)) into_.not_before(about->time);
            return false;
        });
    }
    into_.start_at(at);
    return at;
}

bool loader::go_on(events::position after, events::position goal, const std::function<bool(events::position)>& at_each) {
    bool whole = true;
    events::decoder decode;
    views_.change(goal, [&](core::views::views& v) {
        log_.read_all(events::next(after), events::direction::forwards, [&](events::position p, std::string_view bytes) {
            if (p > goal) return false;
            const auto event = read_or_throw(decode, p, bytes, keys_);
            into_.replay(event);
            v.fold(event);
            return whole = at_each(p);
        });
        v.settle();
    });
    into_.start_at(goal);
    return whole;
}

events::position loader::load_snapshot() {
    const auto blob = log_.kept(snapshot_name);
    if (!blob) return {};
    core::archive::reader from(*blob);
    const auto format = from.number();
    events::position at;
    read(from, at);
    const auto root = from.bytes(sizeof(events::proof::hash));
    auto& entities = into_.entities();
    bool good = from.ok() && format == snapshot_format;
    std::string_view why = "of another version";
    if (good && (at > log_.head() || at.value > log_.tree_size() || root != bytes_of(log_.root(at.value)))) {
        good = false;
        why = "of another log, or of more than this one has";
    } else if (good) {
        why = "damaged";
    }
    if (good) {
        good = entities.load_impersonal(from);
        read(from, into_.evidence());
        views_.change(at, [&](core::views::views& v) { good = good && v.load_impersonal(from) && from.finished(); });
    }
    if (good) return at;
    // Nothing is lost: the log is read from its beginning.
    tell("kept/state", std::string(why) + ": thrown away, and the log read from its beginning");
    entities = aggregates();
    into_.evidence() = {};
    views_.change({}, [](core::views::views& v) { v = core::views::views(); });
    return {};
}

void loader::load_members(events::position up_to) {
    events::decoder decode;
    views_.change(up_to, [&](core::views::views& v) {
        each_member_event(log_, up_to, [&](events::position p, std::string_view bytes) {
            auto event = read_or_throw(decode, p, bytes, keys_);
            event.envelope.time = v.clock.when(p, event.envelope.time);
            into_.replay(event);
            v.directory.apply(event);
        });
        v.stand_at(up_to);
    });
    into_.settle();
}

/// Those of who is erased go, and those of everybody else have to be there.
void loader::look_after_keys() {
    for (const auto& s : into_.entities().of<core::member>().all()) {
        if (s.state.is == core::member_status::absent) continue;
        if (s.state.is != core::member_status::erased) {
            keys_.miss(s.state.id);
        } else if (keys_.has(s.state.id) || keys_.lost(s.state.id)) {
            try {
                keys_.destroy(s.state.id);
            } catch (const std::runtime_error& e) {
                tell("keys/people", std::string("the key of somebody who was erased is still there: ") + e.what());
            }
        }
    }
}

std::size_t loader::keep_snapshot() {
    const auto at = views_.position();
    if (at.value == 0 || at != into_.head()) return 0;
    std::string blob;
    core::archive::writer to(blob);
    to.number(snapshot_format);
    write(to, at);
    if (!log_.wait_indexed(at, tree_waited_for)) throw std::runtime_error("the log's index is too far behind");
    to.bytes(bytes_of(log_.root(at.value)));
    into_.entities().save_impersonal(to);
    write(to, into_.evidence());
    views_.read([&](const core::views::views& v, events::position) { v.save_impersonal(to); });
    log_.keep(snapshot_name, blob);
    return blob.size();
}

}  // namespace server::engine
