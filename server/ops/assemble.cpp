// Puts a configuration together: default, file, environment, flag.

#include "server/ops/config.hpp"
#include "server/ops/network.hpp"
#include "server/ops/setting_value.hpp"
#include "server/ops/tls.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace server::ops {
namespace {

constexpr std::uintmax_t file_bytes_max = 1 << 20;

// They mean something to somebody else: the command line client, and the choice of the file itself.
constexpr std::array other_variables{"OPSROOM_CONFIG", "OPSROOM_URL", "OPSROOM_SERVER", "OPSROOM_TOKEN", "OPSROOM_CA", "OPSROOM_LANG"};

// How many letters have to be changed to get from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row.back();
}

// The name that was probably meant, of those that `pick` takes from each setting.
template <class Pick>
std::string meant(std::string_view word, const Pick& pick) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const auto& s : settings()) {
        if (const auto d = distance(word, pick(s)); d < least) {
            least = d;
            best = pick(s);
        }
    }
    return best;
}

config_problem unknown(const std::string& where, const std::string& key, const std::string& instead) {
    config_problem p{where + "：没有名为 " + key + " 的设置", where + ": there is no setting " + key};
    if (!instead.empty()) {
        p.zh += "；是否指 " + instead + "？";
        p.en += "; did you mean " + instead + "?";
    } else {
        p.zh += "；可用的见 opsroomd --help";
        p.en += "; opsroomd --help lists them";
    }
    return p;
}

config_problem bad_value(const std::string& where, const setting& s, const std::string& value) {
    const auto expected = [&](std::string_view words) { return s.allowed.empty() ? std::string(words) : s.allowed; };
    return {where + "：" + s.key + " 不能是 " + value + "；应为：" + expected(s.zh),
            where + ": " + s.key + " can't be " + value + "; it takes: " + expected(s.en)};
}

struct assembler {
    assembled out;

    bool fail(config_problem p) {
        out.problem = std::move(p);
        return false;
    }

    bool read_file(const sources& from) {
        if (from.file.empty()) return true;
        std::error_code bad;
        const auto size = std::filesystem::file_size(from.file, bad);
        if (bad == std::errc::no_such_file_or_directory && from.file_may_be_missing) return true;
        std::ifstream in;
        if (!bad) in.open(from.file, std::ios::binary);
        if (bad || !in) {
            const std::string why = bad ? bad.message() : std::strerror(errno);
            return fail(
                {from.file + "：配置文件无法读取（" + why + "）", from.file + ": the configuration file can't be read (" + why + ")"});
        }
        if (size > file_bytes_max)
            return fail({from.file + "：配置文件超过 1 MiB", from.file + ": the configuration file is larger than 1 MiB"});
        const std::string text(std::istreambuf_iterator<char>(in), {});
        return read_object(from.file, text);
    }

    bool read_object(const std::string& name, const std::string& text) {
        nlohmann::ordered_json file;
        try {
            // No setting nests: what does, however deep, is not kept, as showing it would go as deep.
            constexpr int depth_max = 8;
            const auto shallow = [](int depth, nlohmann::ordered_json::parse_event_t, nlohmann::ordered_json&) { return depth <= depth_max; };
            file = nlohmann::ordered_json::parse(text, shallow, true, true);
        } catch (const nlohmann::json::parse_error& e) {
            // "[json.exception.parse_error.101] parse error at line 3, column 5: …"
            std::string why = e.what();
            if (const auto at = why.find("] "); at != why.npos) why.erase(0, at + 2);
            return fail({name + "：不是有效的 JSON（" + why + "）", name + ": not JSON (" + why + ")"});
        }
        if (!file.is_object()) return fail({name + "：应为一个 JSON 对象 {…}", name + ": this has to be one JSON object {…}"});
        for (const auto& [key, value] : file.items()) {
            const auto index = find_setting(key);
            if (!index) return fail(unknown(name, key, meant(key, [](const setting& s) { return s.key; })));
            if (!set_from_json(out.result.settings, *index, value)) return fail(bad_value(name, settings()[*index], value.dump()));
            out.result.origins[*index] = name;
        }
        return true;
    }

    bool read_environment(const std::vector<std::string>& environment) {
        for (const auto& pair : environment) {
            const auto equals = pair.find('=');
            if (!pair.starts_with("OPSROOM_") || equals == pair.npos) continue;
            const auto name = pair.substr(0, equals);
            if (std::find(other_variables.begin(), other_variables.end(), name) != other_variables.end()) continue;
            const auto& all = settings();
            const auto found = std::find_if(all.begin(), all.end(), [&](const setting& s) { return s.environment == name; });
            if (found == all.end()) {
                // No refusal: it may be another program's.
                out.result.warnings.push_back(unknown(name, name, meant(name, [](const setting& s) { return s.environment; })));
                continue;
            }
            const auto index = static_cast<std::size_t>(found - all.begin());
            const auto value = pair.substr(equals + 1);
            if (!set_from_text(out.result.settings, index, value)) return fail(bad_value(name, *found, '"' + value + '"'));
            out.result.origins[index] = name;
        }
        return true;
    }

    bool read_flags(const std::vector<given>& flags) {
        for (const auto& f : flags) {
            const auto index = find_setting(f.key);
            if (!index) return fail(unknown("--" + f.key, f.key, {}));
            const auto& s = settings()[*index];
            if (!set_from_text(out.result.settings, *index, f.value)) return fail(bad_value(s.flag, s, '"' + f.value + '"'));
            out.result.origins[*index] = s.flag;
        }
        return true;
    }

    const std::string& origin(std::string_view key) const { return out.result.origins[*find_setting(key)]; }

    // What one value can't tell by itself.
    bool check() {
        const auto& c = out.result.settings;
        unsigned char address[16];
        if (inet_pton(AF_INET, c.listen_address.c_str(), address) != 1 && inet_pton(AF_INET6, c.listen_address.c_str(), address) != 1) {
            return fail({origin("listen_address") + "：listen_address 应为 IP 地址（如 127.0.0.1、0.0.0.0、::），不能是 \"" +
                             c.listen_address + "\"",
                         origin("listen_address") + ": listen_address can't be \"" + c.listen_address +
                             "\"; it takes an IP address, like 127.0.0.1, 0.0.0.0 or ::"});
        }
        for (const auto& o : c.allowed_origins) {
            const auto rest = o.starts_with("https://") ? o.substr(8) : o.starts_with("http://") ? o.substr(7) : std::string();
            if (rest.empty() || rest.find_first_of("/?# ") != rest.npos) {
                return fail({origin("allowed_origins") + "：allowed_origins 中的 \"" + o + "\" 应形如 https://ops.example.com（不带路径）",
                             origin("allowed_origins") + ": \"" + o +
                                 "\" in allowed_origins has to look like https://ops.example.com, without a path"});
            }
        }
        for (const auto& n : c.trusted_proxies)
            if (!is_network(n))
                return fail({origin("trusted_proxies") + "：trusted_proxies 中的 \"" + n + "\" 应为地址或网段，如 10.0.0.7 或 10.0.0.0/8",
                             origin("trusted_proxies") + ": \"" + n + "\" in trusted_proxies has to be an address or a network, like 10.0.0.7 or 10.0.0.0/8"});
        for (const auto& h : c.hosts)
            if (h.empty() || h.find_first_of("/ @*") != h.npos)
                return fail({origin("hosts") + "：hosts 中的 \"" + h + "\" 应为主机名，如 ops.example.com（不带协议、路径和通配符）",
                             origin("hosts") + ": \"" + h + "\" in hosts has to be a host name like ops.example.com, without scheme, path or wildcard"});
        if (c.tls_certificate.empty() != c.tls_key.empty()) {
            const auto& set = origin(c.tls_key.empty() ? "tls_certificate" : "tls_key");
            return fail({set + "：tls_certificate 和 tls_key 必须同时设置", set + ": tls_certificate and tls_key have to be set together"});
        }
        if (c.tls_key.empty()) return true;
        auto bad = check_certificate(c.tls_certificate, c.tls_key);
        return bad ? fail(std::move(*bad)) : true;
    }
};

}  // namespace

assembled assemble(const sources& from) {
    assembler a;
    a.out.result.origins.assign(settings().size(), "default");
    (void)(a.read_file(from) && a.read_environment(from.environment) && a.read_flags(from.flags) && a.check());
    return std::move(a.out);
}

std::string_view variable(const std::vector<std::string>& environment, std::string_view name) {
    for (const auto& pair : environment) {
        const std::string_view v(pair);
        if (v.size() > name.size() && v[name.size()] == '=' && v.starts_with(name)) return v.substr(name.size() + 1);
    }
    return {};
}

events::language console_language(const std::vector<std::string>& environment) {
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const auto value = variable(environment, name); !value.empty()) {
            return value.starts_with("zh") ? events::language::zh : events::language::en;
        }
    }
    return events::language::en;
}

}  // namespace server::ops
