#include "server/ops/config.hpp"

#include "server/ops/setting_value.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11.hpp>

#include <array>

namespace server::ops {
namespace {

using boost::mp11::mp_for_each;
using members = boost::describe::describe_members<config, boost::describe::mod_public>;

// What the struct can't say of its members: bounds (of numbers; of strings, their length) and words.
struct note {
    std::string_view key;
    std::int64_t least;
    std::int64_t most;
    std::string_view zh;
    std::string_view en;
};

constexpr note notes[] = {
    {"listen_address", 1, 64, "监听的 IP 地址", "IP address to listen on"},
    {"listen_port", 0, 65'535, "监听端口；0 由系统选择", "port to listen on; 0: the system picks one"},
    {"data", 1, 4'096, "数据目录（日志、密钥、账号）", "folder of the log, its keys and the accounts"},
    {"demo", 0, 1, "日志为空时写入双语演示部门", "fill an empty log with a bilingual demo department"},
    {"shards", 0, 256, "I/O 线程数；0 为每核一个", "I/O threads; 0: one a core"},
    {"tls_certificate", 0, 4'096, "TLS 证书链文件（PEM），与 tls_key 同用", "TLS certificate chain (PEM file), together with tls_key"},
    {"tls_key", 0, 4'096, "TLS 私钥文件（PEM）", "TLS private key (PEM file)"},
    {"allowed_origins", 0, 64, "另外允许的网页来源，如 https://ops.example.com",
     "further web origins to accept, like https://ops.example.com"},
    {"utc_offset_minutes", -720, 840, "部门日历相对 UTC 的分钟数", "the department's calendar: minutes ahead of UTC"},
    {"session_days", 1, 365, "会话闲置多少天后过期", "a session ends after so many days without use"},
    {"token_days_max", 1, 3'650, "访问令牌最长有效天数", "longest life of an access token, in days"},
    {"password_bytes_min", 4, 64, "密码最短字节数", "shortest password, in bytes"},
    {"password_hash_passes", 1, 16, "Argon2id 迭代次数", "Argon2id passes"},
    {"password_hash_memory_kib", 8'192, 4'194'304, "Argon2id 内存（KiB）", "Argon2id memory, in KiB"},
    {"connections_max", 1, 1'000'000, "同时连接数上限", "connections at the same time"},
    {"message_bytes_max", 1'024, 16'777'216, "WebSocket 单条消息字节上限", "bytes of one WebSocket message"},
    {"body_bytes_max", 1'024, 67'108'864, "HTTP 请求体字节上限", "bytes of one HTTP request body"},
    {"subscriptions_max", 1, 10'000, "每个连接的订阅上限", "subscriptions a connection"},
    {"outstanding_max", 1, 100'000, "每个连接未答复命令上限", "unanswered commands a connection"},
    {"handshake_seconds", 1, 300, "握手时限（秒）", "seconds for a handshake"},
    {"idle_seconds", 5, 3'600, "闲置多少秒后断开", "seconds until a silent connection is closed"},
    {"shutdown_grace_seconds", 0, 300, "停机时等待的秒数", "seconds to drain when shutting down"},
    {"snapshot_events", 0, 1'000'000'000, "运行中每隔多少个事件保留一次快照；0 为只在停机时", "keep a snapshot every so many events; 0: only when stopping"},
    {"snapshot_minutes", 0, 10'080, "两次快照至少相隔的分钟数", "minutes between two such snapshots, at least"},
    {"log_level", 0, 0, "日志级别", "least level that is logged"},
    {"log_format", 0, 0, "日志格式：json 供程序，text 供终端", "json for programs, text for a terminal"},
};

// A member without a note, or one in another place, does not compile.
constexpr bool every_member_has_its_note() {
    bool same = boost::mp11::mp_size<members>::value == std::size(notes);
    std::size_t i = 0;
    mp_for_each<members>([&](auto member) { same = same && i < std::size(notes) && notes[i++].key == member.name; });
    return same;
}
static_assert(every_member_has_its_note());

setting describe(const note& n) {
    setting s;
    s.key = n.key;
    s.environment = "OPSROOM_";
    s.flag = "--";
    for (const char c : n.key) {
        s.environment += c == '_' ? '_' : static_cast<char>(c - 'a' + 'A');
        s.flag += c == '_' ? '-' : c;
    }
    s.zh = n.zh;
    s.en = n.en;
    return s;
}

template <class Visit>
void at_member(std::size_t index, Visit&& visit) {
    boost::mp11::mp_with_index<std::size(notes)>(index, [&](auto i) { visit(boost::mp11::mp_at_c<members, i>{}); });
}

}  // namespace

const std::vector<setting>& settings() {
    static const auto all = [] {
        std::vector<setting> list;
        const config defaults;
        for (std::size_t i = 0; i < std::size(notes); ++i) {
            auto s = describe(notes[i]);
            at_member(i, [&](auto member) {
                const auto& value = defaults.*member.pointer;
                s.allowed = allowed_for(value, notes[i].least, notes[i].most);
                s.fallback = to_json(value).dump();
                s.is = kind_of(value);
            });
            list.push_back(std::move(s));
        }
        return list;
    }();
    return all;
}

std::optional<std::size_t> find_setting(std::string_view key) {
    for (std::size_t i = 0; i < std::size(notes); ++i) {
        if (notes[i].key == key) return i;
    }
    return std::nullopt;
}

bool set_from_text(config& into, std::size_t index, std::string_view text) {
    bool good = false;
    at_member(index, [&](auto member) { good = read_text(text, into.*member.pointer, notes[index].least, notes[index].most); });
    return good;
}

bool set_from_json(config& into, std::size_t index, const nlohmann::json& value) {
    bool good = false;
    at_member(index, [&](auto member) { good = read_json(value, into.*member.pointer, notes[index].least, notes[index].most); });
    return good;
}

std::string effective::print() const {
    std::string out = "{\n";
    for (std::size_t i = 0; i < std::size(notes); ++i) {
        std::string line = "  \"" + std::string(notes[i].key) + "\": ";
        at_member(i, [&](auto member) { line += to_json(settings.*member.pointer).dump(); });
        if (i + 1 < std::size(notes)) line += ',';
        constexpr std::size_t column = 46;
        line.resize(std::max(line.size() + 1, column), ' ');
        out += line + "// " + origins.at(i) + '\n';
    }
    return out + "}\n";
}

}  // namespace server::ops
