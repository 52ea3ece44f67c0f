#pragma once
// How the process is set up: one struct, described once. From each member follow its key in the file
// ("listen_port"), its environment variable (OPSROOM_LISTEN_PORT), its flag (--listen-port) and its line of --help;
// the bounds and the words are in config.cpp, and a missing one does not compile.
//
// Later wins: default, file, environment, flag.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::ops {

BOOST_DEFINE_ENUM_CLASS(log_level, debug, info, warning, error)
BOOST_DEFINE_ENUM_CLASS(log_format, json, text)

/// Of the data part; described apart, as one description takes no more members than so many.
struct data_settings {
    std::string data_worker;                   ///< the program opsroom-data; empty: beside this one
    std::string data_inbox;                    ///< watched for files of plans that are delivered so; empty: the data folder's name and ".inbox"
    std::vector<std::string> data_hosts;       ///< that data may be fetched from over HTTP, with their ports where these are unusual
    bool data_private_hosts = false;           ///< such hosts may be at addresses of this machine and its networks
    std::string data_secrets;                  ///< file of headers by host, which nobody else may read
    std::vector<std::string> data_connections; ///< databases that plans may query, by name: "shop=sqlite:/srv/shop.db"
    std::uint32_t warehouse_mib = 512;         ///< of memory that it may take

    bool operator==(const data_settings&) const = default;
};
BOOST_DESCRIBE_STRUCT(data_settings, (), (data_worker, data_inbox, data_hosts, data_private_hosts, data_secrets, data_connections, warehouse_mib))

struct config : data_settings {
    std::string listen_address = "127.0.0.1";
    std::uint16_t listen_port = 8080;          ///< 0: the system picks one
    std::string data = "./var";                ///< folder of the log, its keys and the accounts
    std::string election_keys;                 ///< folder of the other halves of the elections' keys; empty: beside the data folder
    bool demo = false;                         ///< fill an empty log with the demo department
    std::uint32_t shards = 0;                  ///< I/O threads; 0: one a core
    std::string tls_certificate;               ///< PEM chain; with tls_key
    std::string tls_key;                       ///< PEM
    std::vector<std::string> allowed_origins;  ///< beside the server's own
    std::vector<std::string> hosts;            ///< names that it answers to, beside loopback and its address
    std::vector<std::string> trusted_proxies;  ///< addresses and networks whose X-Forwarded-For counts
    std::int32_t utc_offset_minutes = 480;     ///< of the department's calendar
    std::uint32_t session_days = 14;
    std::uint32_t session_days_max = 90;
    std::uint32_t token_days_max = 90;
    std::uint32_t link_hours = 72;
    std::uint32_t password_bytes_min = 8;
    std::uint32_t password_hash_passes = 2;
    std::uint32_t password_hash_memory_kib = 65'536;
    std::uint32_t connections_max = 20'000;
    std::uint32_t message_bytes_max = 65'536;  ///< of one WebSocket message
    std::uint32_t body_bytes_max = 1'048'576;  ///< of one HTTP request
    std::uint32_t subscriptions_max = 64;      ///< a connection
    std::uint32_t outstanding_max = 256;       ///< commands not yet answered, a connection
    std::uint32_t outbox_bytes = 1'048'576;    ///< made for a connection and not yet taken
    std::uint32_t outbox_person_bytes = 33'554'432;  ///< of all connections of one person
    std::uint32_t outbox_total_bytes = 268'435'456;  ///< of all connections
    std::uint32_t person_commands = 2'000;     ///< a second, over time; 0: no limit
    std::uint32_t person_requests = 1'000;      ///< a second, over HTTP; 0: no limit
    std::uint32_t person_log_kib = 1'024;      ///< KiB of commands a second; 0: no limit
    std::uint32_t person_subscriptions = 200;  ///< begun a second; 0: no limit
    std::uint32_t address_requests = 5'000;   ///< a second, of one address; 0: no limit
    std::uint32_t handshake_seconds = 10;
    std::uint32_t idle_seconds = 60;
    std::uint32_t shutdown_grace_seconds = 10;
    std::uint32_t snapshot_events = 200'000;   ///< from one snapshot to the next while running; 0: only when stopping
    std::uint32_t snapshot_minutes = 5;        ///< and no sooner after the last
    std::uint32_t clock_settle_seconds = 120;  ///< how long a clock that jumped has to stand by itself before it is believed
    std::string backup_folder;                 ///< what online backups lie beneath; empty: DATA.backups, beside the data folder
    std::string backup_keys_folder;            ///< people's keys of backups go here; empty: into each backup's folder
    std::uint32_t backup_mib_per_second = 32;  ///< 0: as fast as it goes
    std::uint32_t backup_keep = 0;             ///< the newest so many stay; 0: all
    std::uint32_t backup_hours = 0;            ///< one every so many hours by itself; 0: none
    std::uint32_t disk_reserve_mib = 256;      ///< set aside on the disk; a twentieth of it where that is less
    ops::log_level log_level = ops::log_level::info;
    ops::log_format log_format = ops::log_format::json;

    bool operator==(const config&) const = default;
};
BOOST_DESCRIBE_STRUCT(config, (),
                      (listen_address, listen_port, data, election_keys, demo, shards, tls_certificate, tls_key, allowed_origins, hosts, trusted_proxies,
                       utc_offset_minutes,
                       session_days, session_days_max, token_days_max, link_hours, password_bytes_min, password_hash_passes, password_hash_memory_kib, connections_max,
                       message_bytes_max, body_bytes_max, subscriptions_max, outstanding_max,
                       outbox_bytes, outbox_person_bytes, outbox_total_bytes, person_commands, person_requests, person_log_kib,
                       person_subscriptions, address_requests, handshake_seconds, idle_seconds,
                       shutdown_grace_seconds, snapshot_events, snapshot_minutes, clock_settle_seconds, backup_folder, backup_keys_folder, backup_mib_per_second,
                       backup_keep, backup_hours, disk_reserve_mib, log_level, log_format))

/// What one setting is called, and what is said of it.
struct setting {
    std::string key;          ///< "listen_port"
    std::string environment;  ///< "OPSROOM_LISTEN_PORT"
    std::string flag;         ///< "--listen-port"
    std::string_view zh;
    std::string_view en;
    std::string allowed;                                       ///< "0–65535", "json | text", …; empty where the words say it
    std::string fallback;                                      ///< what it is when nothing is given, in JSON
    enum class kind { plain, on_off, list } is = kind::plain;  ///< on_off: the flag needs no value; list: it may be repeated
};

/// In the order of the struct.
const std::vector<setting>& settings();

/// A value as a flag gives it.
struct given {
    std::string key;
    std::string value;  ///< a list is comma-separated
};

/// What went wrong, as one whole line in both languages.
struct config_problem {
    std::string zh;
    std::string en;
    const std::string& in(events::language l) const { return l == events::language::zh ? zh : en; }
};

/// A configuration and where each of its values came from.
struct effective {
    config settings;
    std::vector<std::string> origins;      ///< one a setting, in their order: "default", "opsroom.json", "OPSROOM_DATA", "--data"
    std::vector<config_problem> warnings;  ///< OPSROOM_… variables that mean nothing here

    /// As a configuration file, each value with its origin as a comment. It can be saved and used as one.
    std::string print() const;
};

/// What a configuration is put together from.
struct sources {
    std::string file;  ///< path; none when empty
    bool file_may_be_missing = false;
    std::vector<std::string> environment;  ///< "NAME=value", as in environ
    std::vector<given> flags;
};

/// Everything put together, or the first thing that is wrong. Reads the file and, where TLS is set, the two PEM files.
struct assembled {
    effective result;
    std::optional<config_problem> problem;
};
assembled assemble(const sources& from);

/// The value of NAME among "NAME=value", or empty.
std::string_view variable(const std::vector<std::string>& environment, std::string_view name);

/// Chinese where LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with "zh"; English otherwise.
events::language console_language(const std::vector<std::string>& environment);

}  // namespace server::ops
