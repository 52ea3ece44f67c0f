// Verifying the log: the server's own check of every event, and proofs that are checked on this side.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/proof.hpp"
#include "clients/cli/terminal.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace cli {
namespace {

void verify_log(context& about, bool and_data) {
    progress bar(about.say({"验证日志", "verifying the log"}), 0, about.with.quiet);
    json verdict;
    about.server().post_stream(and_data ? "/api/v1/log/verify?data=true" : "/api/v1/log/verify", [&](const json& line) {
        if (line.contains("ok")) verdict = line;
        else bar.show(number_at(line, "done").value_or(0), number_at(line, "of").value_or(0));
    });
    if (verdict.is_null())
        throw failure(exit_code::unavailable, "验证没有做完：连接中断", "the verification did not end: the connection was cut");
    if (!flag_at(verdict, "ok")) {
        const auto& problem = at_or_null(verdict, "problem");
        if (problem.is_object()) throw failure::from_problem(problem);
        const auto why = raw(problem);
        throw failure(exit_code::internal, "日志验证失败：" + why, "the log does not verify: " + why);
    }
    const auto events = number_at(verdict, "events").value_or(0);
    bar.show(events, events);
    bar.finish();
    if (about.with.quiet && about.with.format == format::table) return;
    std::vector<shown_fact> lines{{{"结果", "result"}, {about.say({"日志完好", "the log is whole"}), paint::green}},
                                   {{"事件", "events"}, {std::to_string(events)}},
                                   {{"检查点", "checkpoints"}, {raw(at_or_null(verdict, "checkpoints"))}}};
    if (and_data) {
        lines.push_back({{"数据交付", "deliveries"}, {raw(at_or_null(verdict, "deliveries"))}});
        lines.push_back({{"数据行", "rows"}, {raw(at_or_null(verdict, "rows"))}});
    }
    lines.push_back({{"根", "root"}, {text_at(verdict, "root")}});
    about.out << shown_thing(about, verdict, lines);
}

struct proof_options {
    std::uint64_t position = 0;
    std::string since;
    std::string key;  ///< the signer's; empty: signatures are not looked at
};

checkpoint read_checkpoint(const std::string& note, const std::string& from, const std::string& key) {
    const auto out = parse_checkpoint(note);
    if (!out) throw failure(exit_code::invalid, from + " 不是检查点", from + " is not a checkpoint");
    if (key.empty()) return *out;
    const auto good = is_signed_by(note, key);
    if (!good) throw failure(exit_code::invalid, "--key 不是公钥（形如 名称+编号+base64）", "--key is not a key (name+id+base64)");
    if (!*good) throw failure(exit_code::conflict, from + " 的检查点没有此密钥的有效签名", "the checkpoint of " + from + " has no good signature by that key");
    return *out;
}

std::vector<hash> path_of(const json& proof) {
    std::vector<hash> out;
    for (const auto& each : list_at(proof, "hashes")) {
        const auto h = each.is_string() ? parse_base64_hash(each.get<std::string>()) : std::nullopt;
        if (!h) throw failure(exit_code::internal, "证明中的哈希无法识别", "a hash of the proof is not understood");
        out.push_back(*h);
    }
    return out;
}

failure does_not_verify() {
    return {exit_code::conflict, "证明不成立：日志与检查点不符", "the proof fails: the log does not match the checkpoint"};
}

void prove_event(context& about, const proof_options& given) {
    auto& server = about.server();
    const auto position = given.position;
    const auto event = server.get(fmt::format("/api/v1/log/{}", position));
    const auto now = read_checkpoint(server.get_text("/api/v1/log/checkpoint"), server.how().url, given.key);
    if (position > now.size)
        throw failure(exit_code::unavailable, fmt::format("位置 {} 尚未进入检查点（现为 {}），请稍后再试", position, now.size),
                      fmt::format("position {} is not in a checkpoint yet (it is at {}): try again shortly", position, now.size));
    const auto proof = server.get(fmt::format("/api/v1/log/proof/inclusion?position={}&size={}", position, now.size));
    // Of what its reader may not read, and of early events, the server says the hash and not the bytes: that there is such an
    // event is then proven, and not what it says.
    const bool whole = event.contains("stored");
    const auto said = parse_hex_hash(text_at(event, "leaf"));
    if (!whole && !said) throw failure(exit_code::internal, "叶哈希无法识别", "the leaf's hash is not understood");
    const auto leaf = whole ? leaf_hash(text_at(event, "stored")) : *said;
    if (root_by_inclusion(leaf, position - 1, now.size, path_of(proof)) != now.root) throw does_not_verify();
    json out{{"ok", true}, {"whole", whole}, {"position", position}, {"size", now.size}, {"leaf", text_at(event, "leaf")}, {"hashes", list_at(proof, "hashes")}};
    about.out << shown_thing(about, out,
                             {{{"结果", "result"},
                               {whole ? about.say({"已在本机验证：此事件在日志中", "checked here: the event is in the log"})
                                      : about.say({"已在本机验证：日志在此处有一个事件（内容不对您显示）", "checked here: the log has an event there (what it says is not shown to you)"}),
                                paint::green}},
                              {{"位置", "position"}, {std::to_string(position)}},
                              {{"检查点", "checkpoint"}, {fmt::format("{} · {}", now.origin, now.size)}},
                              {{"哈希", "hashes"}, {std::to_string(list_at(proof, "hashes").size())}}});
}

void prove_extension(context& about, const proof_options& given) {
    const auto& file = given.since;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw failure(exit_code::invalid, "无法读取 " + file, "cannot read " + file);
    const auto old = read_checkpoint({std::istreambuf_iterator<char>(in), {}}, file, given.key);
    auto& server = about.server();
    const auto now = read_checkpoint(server.get_text("/api/v1/log/checkpoint"), server.how().url, given.key);
    if (old.size > now.size || old.origin != now.origin) throw does_not_verify();
    std::vector<hash> path;
    if (old.size != 0 && old.size != now.size)
        path = path_of(server.get(fmt::format("/api/v1/log/proof/consistency?from={}&to={}", old.size, now.size)));
    if (!is_extension(old.size, old.root, now.size, now.root, path)) throw does_not_verify();
    about.out << shown_thing(about, {{"ok", true}, {"from", old.size}, {"to", now.size}},
                             {{{"结果", "result"}, {about.say({"已在本机验证：日志只增不改", "checked here: the log has only grown"}), paint::green}},
                              {{"从", "from"}, {std::to_string(old.size)}},
                              {{"到", "to"}, {std::to_string(now.size)}}});
}

}  // namespace

void add_proof_commands(tree& t, CLI::App* noun) {
    auto and_data = std::make_shared<bool>(false);
    auto* verify = t.verb(noun, "verify", {"让服务器逐条验证整个日志", "have the server verify the whole log, event by event"}, "opsroom log verify\nopsroom log verify --data\nopsroom log verify -o json",
                          [and_data](context& about) { verify_log(about, *and_data); });
    t.flag(verify, "--data", *and_data, {"并重新读取每次数据交付，与记录核对", "and read each delivery of data again, and compare it with what was recorded"});
    t.verb(noun, "checkpoint", {"日志的签名检查点（C2SP 格式）", "the log's signed checkpoint (C2SP)"}, "opsroom log checkpoint > today.txt",
           [](context& about) { about.out << about.server().get_text("/api/v1/log/checkpoint"); });
    auto given = std::make_shared<proof_options>();
    auto* proof = t.verb(noun, "proof", {"证明某个事件在日志中，或日志自某检查点以来只增不改；在本机验证",
                                         "prove that an event is in the log, or that the log only grew since a checkpoint; checked here"},
                         "opsroom log proof 812\nopsroom log proof --since today.txt --key \"$(cat log.pub)\"", [given](context& about) {
                             if (given->position != 0) return prove_event(about, *given);
                             if (!given->since.empty()) return prove_extension(about, *given);
                             throw failure(exit_code::usage, "请给出位置，或 --since 检查点文件", "give a position, or --since FILE with a checkpoint");
                         });
    auto* position = t.number(proof, "POSITION", given->position, "", any_number, {"在日志中的位置", "its place in the log"});
    auto* since = t.option(proof, "--since", given->since, "FILE", {"早先保存的检查点", "a checkpoint that was saved before"});
    t.excludes(since, position);
    t.option(proof, "--key", given->key, "KEY", {"签名者的公钥（名称+编号+base64）；给出则检查签名", "the signer's public key (name+id+base64); with it signatures are checked"});
}

}  // namespace cli
