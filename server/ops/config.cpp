#include "server/ops/config.hpp"

#include "server/ops/setting_value.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11.hpp>

#include <array>

namespace server::ops {
namespace {

using boost::mp11::mp_for_each;
using members = boost::mp11::mp_append<boost::describe::describe_members<config, boost::describe::mod_public>, boost::describe::describe_members<data_settings, boost::describe::mod_public>>;

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
    {"election_keys", 0, 4'096, "选举密钥另一半的目录，不应与数据目录一同备份；留空为“数据目录.election-keys”",
     "folder of the other halves of the elections' keys, not to be backed up with the data; empty: the data folder's name and .election-keys"},
    {"demo", 0, 1, "日志为空时写入双语演示部门", "fill an empty log with a bilingual demo department"},
    {"shards", 0, 256, "I/O 线程数；0 为每核一个", "I/O threads; 0: one a core"},
    {"tls_certificate", 0, 4'096, "TLS 证书链文件（PEM），与 tls_key 同用", "TLS certificate chain (PEM file), together with tls_key"},
    {"tls_key", 0, 4'096, "TLS 私钥文件（PEM）", "TLS private key (PEM file)"},
    {"allowed_origins", 0, 64, "另外允许的网页来源，如 https://ops.example.com",
     "further web origins to accept, like https://ops.example.com"},
    {"hosts", 0, 64, "可用来访问的主机名；默认只有回环名称和监听地址", "host names that it is reached by; by default loopback names and the listening address"},
    {"trusted_proxies", 0, 64, "可信反向代理的地址或网段（采信其 X-Forwarded-For）", "reverse proxies whose X-Forwarded-For is believed: addresses or networks, like 10.0.0.0/8"},
    {"utc_offset_minutes", -720, 840, "部门日历相对 UTC 的分钟数", "the department's calendar: minutes ahead of UTC"},
    {"session_days", 1, 365, "会话闲置多少天后过期", "a session ends after so many days without use"},
    {"session_days_max", 1, 365, "会话最多持续多少天，不论是否使用", "a session ends after so many days, however much it is used"},
    {"token_days_max", 1, 3'650, "访问令牌最长有效天数", "longest life of an access token, in days"},
    {"link_hours", 1, 720, "一次性密码链接的有效小时数", "hours that a one-time password link is good for"},
    {"password_bytes_min", 4, 64, "密码最短字节数", "shortest password, in bytes"},
    {"password_hash_passes", 1, 16, "Argon2id 迭代次数", "Argon2id passes"},
    {"password_hash_memory_kib", 8'192, 4'194'304, "Argon2id 内存（KiB）", "Argon2id memory, in KiB"},
    {"connections_max", 1, 1'000'000, "同时连接数上限", "connections at the same time"},
    {"message_bytes_max", 1'024, 16'777'216, "WebSocket 单条消息字节上限", "bytes of one WebSocket message"},
    {"body_bytes_max", 1'024, 67'108'864, "HTTP 请求体字节上限", "bytes of one HTTP request body"},
    {"subscriptions_max", 1, 10'000, "每个连接的订阅上限", "subscriptions a connection"},
    {"outstanding_max", 1, 100'000, "每个连接未答复命令上限", "unanswered commands a connection"},
    {"outbox_bytes", 65'536, 67'108'864, "为一个连接备好而未取走的字节上限", "bytes made for one connection and not yet taken"},
    {"outbox_person_bytes", 65'536, 4'294'967'295, "同一人所有连接的此类字节上限", "such bytes of all connections of one person"},
    {"outbox_total_bytes", 1'048'576, 4'294'967'295, "全部连接的此类字节上限", "such bytes of all connections"},
    {"person_commands", 0, 1'000'000, "每人每秒命令数（持续）；0 为不限", "commands a second of one person, over time; 0: no limit"},
    {"person_requests", 0, 1'000'000, "每人每秒 HTTP 请求数（持续）；0 为不限", "HTTP requests a second of one person, over time; 0: no limit"},
    {"person_log_kib", 0, 1'000'000, "每人每秒命令的 KiB 数（持续）；0 为不限", "KiB of commands a second of one person, over time; 0: no limit"},
    {"person_subscriptions", 0, 1'000'000, "每人每秒新订阅数（持续）；0 为不限", "subscriptions a second of one person, over time; 0: no limit"},
    {"address_requests", 0, 1'000'000, "每个地址每秒 HTTP 请求数（持续）；0 为不限", "HTTP requests a second of one address, over time; 0: no limit"},
    {"handshake_seconds", 1, 300, "握手时限（秒）", "seconds for a handshake"},
    {"idle_seconds", 5, 3'600, "闲置多少秒后断开", "seconds until a silent connection is closed"},
    {"shutdown_grace_seconds", 0, 300, "停机时等待的秒数", "seconds to drain when shutting down"},
    {"snapshot_events", 0, 1'000'000'000, "运行中每隔多少个事件保留一次快照；0 为只在停机时", "keep a snapshot every so many events; 0: only when stopping"},
    {"snapshot_minutes", 0, 10'080, "两次快照至少相隔的分钟数", "minutes between two such snapshots, at least"},
    {"clock_settle_seconds", 1, 86'400, "时钟跳变一天以上后，须稳定多少秒才被采信", "how long a clock that jumped by more than a day has to stand before it is believed"},
    {"backup_folder", 0, 4'096, "在线备份所在的目录；空为数据目录旁的 DATA.backups（最好另在一块磁盘上）",
     "folder that online backups go to; empty: DATA.backups beside the data folder (better: on another disk)"},
    {"backup_keys_folder", 0, 4'096, "备份中的个人密钥另存于此；空为存入备份目录", "people's keys of backups are kept here, apart; empty: within the backup"},
    {"backup_mib_per_second", 0, 100'000, "备份写入速度上限（MiB/秒）；0 为不限", "most that a backup writes, in MiB a second; 0: no bound"},
    {"backup_keep", 0, 100'000, "保留最新的多少个备份；0 为全部", "how many backups stay, the newest; 0: all"},
    {"backup_hours", 0, 8'760, "每隔多少小时自动备份；0 为不自动", "a backup by itself every so many hours; 0: none"},
    {"disk_reserve_mib", 0, 1'048'576, "磁盘上预留的空间（MiB），不超过磁盘的二十分之一；低于一半时只读", "MiB of the disk to set aside, a twentieth of it at most; read-only with less than half of it free"},
    {"log_level", 0, 0, "日志级别", "least level that is logged"},
    {"log_format", 0, 0, "日志格式：json 供程序，text 供终端", "json for programs, text for a terminal"},
    {"data_worker", 0, 4'096, "程序 opsroom-data；空为本程序旁的那个。没有它就不检查交付的数据，也没有指标数值", "the program opsroom-data; empty: the one beside this program. Without it deliveries are not checked, and metrics have no values"},
    {"data_inbox", 0, 4'096, "监视的文件夹：获取方式为“监视文件夹”的收集计划从中取文件，取走的移入其中的 taken；空为数据目录名加 .inbox", "the watched folder, from which collection plans of that way take their files, which are moved to `taken` in it; empty: the data folder's name and .inbox"},
    {"data_hosts", 0, 256, "收集计划可从哪些主机拉取数据，如 data.example.com 或 data.example.com:8443；空为都不可以", "hosts that collection plans may fetch data from over HTTP, like data.example.com or data.example.com:8443; empty: none"},
    {"data_private_hosts", 0, 1, "这些主机可以在本机或内部网络的地址上", "such hosts may be at addresses of this machine and internal networks"},
    {"data_secrets", 0, 4'096, "拉取数据时按主机附上的请求头的文件（每行形如 data.example.com Authorization: Bearer …），只能由本用户读取", "file of headers that go with what is fetched, by host (lines like data.example.com Authorization: Bearer …), which nobody else may read"},
    {"data_connections", 0, 256, "收集计划可查询的数据库，形如 名称=sqlite:/路径 或 名称=postgresql://…；密码放在 passfile 中", "databases that collection plans may query, like name=sqlite:/path or name=postgresql://…; passwords are kept in a passfile"},
    {"warehouse_mib", 128, 65'536, "数据仓库每个进程的内存上限（MiB）", "MiB of memory that each of the warehouse's processes may take"},
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
