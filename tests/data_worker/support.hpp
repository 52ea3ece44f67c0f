#pragma once
// A worker on a folder of its own, with a plan of orders, and files as people deliver them.

#include "server/data_worker/worker.hpp"
#include "tests/support/temp_folder.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace support {

using data_worker::json;

inline std::string beside_this(const std::string& name) { return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string(); }

inline json column(const std::string& name, const std::string& code, const std::string& type, const std::string& role, json more = json::object()) {
    json c{{"name", name}, {"code", code}, {"type", type}, {"role", role}};
    c.update(more);
    return c;
}

inline json orders_plan() {
    return {{"name", "订单"}, {"set", "orders"}, {"row_unit", "单"}, {"reading", {{"type", "csv"}, {"encoding", "utf8"}, {"separator", "comma"}, {"skip", 0}, {"skip_end", 0}}},
            {"columns", json::array({column("日期", "day", "day", "day", {{"required", true}}), column("订单号", "no", "text", "label", {{"key", true}, {"required", true}}), column("渠道", "channel", "text", "dimension"),
                                     column("金额", "amount", "decimal", "field", {{"unit", "元"}, {"places", 2}})})},
            {"schedule", {{"rhythm", "daily"}, {"grace_minutes", 120}}}, {"checks", json::array()}};
}

class data_room {
public:
    data_room() : worker_(std::make_unique<data_worker::worker>(options())) {}

    data_worker::worker_options options() const {
        data_worker::worker_options how;
        how.database = (folder / "data.duckdb").string();
        how.program = beside_this("opsroom-data");
        how.memory_mb = 256;
        how.sql_seconds = 5;
        return how;
    }
    std::string file(const std::string& name, const std::string& bytes) const {
        const auto path = (folder / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    json ask(const std::string& what, json more = json::object()) {
        more["id"] = 1;
        more["do"] = what;
        return worker_->answer(more);
    }
    /// What it says, or the error, to be seen in a failed test.
    json ok(const std::string& what, json more = json::object()) {
        auto made = ask(what, std::move(more));
        return made.contains("ok") ? made["ok"] : made;
    }
    json check(const std::string& bytes, json plan = orders_plan(), json more = json::object()) {
        more.update({{"plan", std::move(plan)}, {"file", file("delivery", bytes)}, {"name", "delivery.csv"}});
        if (!more.contains("from")) more["from"] = more["until"] = "2026-11-30";
        return ok("check", std::move(more));
    }
    json load(const std::string& token, const std::string& delivery, int position, json more = json::object()) {
        more.update({{"token", token}, {"delivery", delivery}, {"collection", "c1"}, {"position", position}});
        return ok("load", std::move(more));
    }
    void restart() {
        worker_.reset();
        worker_ = std::make_unique<data_worker::worker>(options());
    }
    void stop() { worker_.reset(); }
    data_worker::worker& worker() { return *worker_; }

    temp_folder folder;

private:
    std::unique_ptr<data_worker::worker> worker_;
};

/// Of a check's answer.
inline const json& result(const json& checked, const std::string& kind) {
    static const json none;
    for (const auto& r : checked["results"])
        if (r["check"] == kind) return r;
    return none;
}

}  // namespace support
