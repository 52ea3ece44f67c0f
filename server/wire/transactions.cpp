#include "server/wire/transactions.hpp"

#include "events/codec/json_write.hpp"
#include "events/codec/references.hpp"
#include "server/wire/json_object.hpp"

#include <openssl/sha.h>

#include <cstring>

namespace server::wire {
namespace {

using events::codec::fault;
using events::codec::fault_kind;

const core::refusal bad_count{"bad_commands", "S1.3.2", "事务须有 1–10,000 条命令：请分成几个事务，或补上命令。",
                              "A transaction has 1 to 10,000 commands: split it, or add some.", core::obstacle::field};
const core::refusal refused_whole{
    "transaction_refused", "S1.3.2", "事务未执行，什么都没有改变：请按 refused 逐条改正后再提交。",
    "Nothing was done, as some commands are refused: correct each one named in refused, then send all of it again.", core::obstacle::status};

struct body_fields {
    std::optional<simdjson::dom::array> commands;
    bool dry_run = false;
};

fault read_fields(simdjson::dom::element body, body_fields& into) {
    simdjson::dom::object object;
    if (body.get(object) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "object"};
    once keys;
    for (const auto [key, value] : object) {
        fault wrong;
        simdjson::dom::array commands;
        if (keys.again(key))
            wrong = {fault_kind::doubled, "", ""};
        else if (key == "dry_run")
            wrong = events::codec::read_json(value, into.dry_run);
        else if (key != "commands")
            wrong = {fault_kind::unknown, "", ""};
        else if (value.get(commands) != simdjson::SUCCESS)
            wrong = {fault_kind::wrong_type, "", "array"};
        else
            into.commands = commands;
        if (wrong) return std::move(wrong).in(key);
    }
    return into.commands ? fault{} : fault{fault_kind::missing, "", ""}.in("commands");
}

/// One of "commands": like a command over HTTP, with its name beside its data.
struct part_reader {
    const events::uuid& id;
    events::member_id actor;

    fault fields(simdjson::dom::element from, raw_command& raw, engine::transaction::part& into) const {
        simdjson::dom::object object;
        if (from.get(object) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "object"};
        once keys;
        for (const auto [key, value] : object) {
            fault wrong;
            std::string_view text;
            if (keys.again(key)) {
                wrong = {fault_kind::doubled, "", ""};
            } else if (key == "command") {
                if (value.get(raw.type) != simdjson::SUCCESS) wrong = {fault_kind::wrong_type, "", "string"};
            } else if (key == "target") {
                if (value.get(text) == simdjson::SUCCESS) into.target_made_by = events::codec::parse_reference(text);
                if (!into.target_made_by) wrong = events::codec::read_json(value, raw.target);
            } else if (key == "expect") {
                wrong = events::codec::read_json(value, raw.expect);
            } else if (key == "data") {
                raw.data = value;
            } else {
                wrong = {fault_kind::unknown, "", ""};
            }
            if (wrong) return std::move(wrong).in(key);
        }
        return raw.type.empty() ? fault{fault_kind::missing, "", ""}.in("command") : fault{};
    }

    /// The digest of what it says; nothing, and `no`, where it can't be read.
    std::optional<std::uint64_t> read(simdjson::dom::element from, engine::transaction::part& into, problem& no) const {
        raw_command raw;
        if (auto wrong = fields(from, raw, into)) {
            no = from_fault(wrong);
            return std::nullopt;
        }
        const events::codec::references_allowed here;
        auto read = read_command(raw, id, actor);
        if (auto* wrong = std::get_if<problem>(&read)) {
            no = std::move(*wrong);
            return std::nullopt;
        }
        auto& c = std::get<engine::client_command>(read);
        into.target = c.target;
        into.expect = c.expect;
        into.what = std::move(c.what);
        into.refers = here.count() > 0;
        return c.digest;
    }
};

class summing {
public:
    void add(std::uint64_t n) {
        char bytes[sizeof n];
        std::memcpy(bytes, &n, sizeof n);
        said_.append(bytes, sizeof n);
    }
    std::uint64_t done() const {
        unsigned char all[SHA256_DIGEST_LENGTH];
        SHA256(reinterpret_cast<const unsigned char*>(said_.data()), said_.size(), all);
        std::uint64_t digest;
        std::memcpy(&digest, all, sizeof digest);
        return digest == 0 ? 1 : digest;
    }

private:
    std::string said_ = "transaction ";
};

void put_refused(std::string& out, std::uint32_t index, problem why, events::language reader, bool first) {
    const auto place = "/commands/" + std::to_string(index);
    for (auto& e : why.errors) e.pointer = place + e.pointer;
    if (!first) out += ',';
    out += R"({"index":)";
    events::codec::write_number(out, index);
    out += R"(,"problem":)";
    write_problem(out, why, reader);
    out += '}';
}

void put_all_refused(std::string& out, const read_transaction& asked, const std::vector<engine::refused_together::part>& parts,
                     events::language reader) {
    out += '[';
    bool first = true;
    for (const auto& p : parts) {
        const auto unread = asked.unreadable.find(p.index);
        put_refused(out, p.index, unread != asked.unreadable.end() ? unread->second : from_refused(p.why), reader,
                    first);
        first = false;
    }
    out += ']';
}

}  // namespace

std::variant<read_transaction, problem> read_transaction_body(simdjson::dom::element body, const events::uuid& id,
                                                              events::member_id actor) {
    body_fields f;
    if (const auto wrong = read_fields(body, f)) return from_fault(wrong);
    const auto count = f.commands->size();
    if (count == 0 || count > commands_max) {
        auto no = make(422, bad_count);
        no.errors.push_back({"/commands", std::string(bad_count.zh), std::string(bad_count.en)});
        return no;
    }
    read_transaction out{std::make_unique<engine::transaction>(), {}, f.dry_run};
    auto& t = *out.what;
    t.id = id;
    t.actor = actor;
    t.parts.reserve(count);
    summing sum;
    const part_reader reader{id, actor};
    for (const auto element : *f.commands) {
        problem no;
        auto& part = t.parts.emplace_back();
        if (const auto digest = reader.read(element, part, no)) {
            sum.add(*digest);
            sum.add(part.target_made_by ? std::uint64_t{*part.target_made_by} + 1 : 0);
        } else {
            part.skipped = true;
            out.unreadable.emplace(static_cast<std::uint32_t>(t.parts.size() - 1), std::move(no));
        }
    }
    t.digest = sum.done();
    t.dry_run = f.dry_run || !out.unreadable.empty();
    return out;
}

transaction_answer answer_transaction(const read_transaction& asked, std::size_t commands, const events::uuid& id,
                                      const engine::answer& what, events::language reader) {
    if (const auto* no = std::get_if<engine::refused>(&what)) {
        const auto why = from_refused(*no);
        return {why.status, to_json(why, reader)};
    }
    std::string out;
    if (const auto* no = std::get_if<engine::refused_together>(&what)) {
        if (!asked.dry_run) {
            auto why = to_json(make(422, refused_whole), reader);
            why.back() = ',';
            out = std::move(why) + R"("refused":)";
            put_all_refused(out, asked, no->parts, reader);
            out += '}';
            return {422, std::move(out)};
        }
        {
            json_object o(out);
            o.put("type", std::string_view("dry_run")).put("id", id).put("ok", false).put("commands", commands);
            put_all_refused(o.name("refused"), asked, no->parts, reader);
        }
        return {200, std::move(out)};
    }
    const auto& yes = std::get<engine::done_together>(what);
    {
        json_object o(out);
        o.put("type", std::string_view(yes.dry_run ? "dry_run" : "ack")).put("id", id).put_if(yes.dry_run, "ok", true);
        o.put("position", yes.position.value).put("events", yes.count).put("commands", commands);
        o.put_if(!yes.dry_run, "created", yes.created);
    }
    return {200, std::move(out)};
}

}  // namespace server::wire
