#include "server/warehouse/verify.hpp"

#include "server/warehouse/opened_file.hpp"
#include "server/warehouse/question.hpp"

#include <map>
#include <string>

namespace server::warehouse {
namespace {

using core::collection;
using core::delivery;
using json = nlohmann::json;

/// Of which the log says which rows they came to.
std::vector<delivered> checked_deliveries(const wire::documents& read) {
    std::vector<delivered> all;
    read.views().read([&](const core::views::views& v, events::position) {
        for (const auto& row : v.of<delivery>().rows()) {
            const auto* plan = v.of<collection>().row(row.state.collection.value);
            if (plan && !row.state.files.empty() && !row.state.rows_sha256.empty()) all.push_back({row.number, row.state, plan->state.plan, plan->state.number});
        }
    });
    return all;
}

/// The rows' hash of each delivery that the warehouse holds.
std::map<std::uint64_t, std::string> held_by(keeper& of) {
    std::map<std::uint64_t, std::string> all;
    const auto said = of.loaded();  // which a loop over a part of it would not keep
    for (const auto& one : said.at("deliveries")) all[std::stoull(one.at("delivery").get<std::string>())] = one.at("rows_sha256").get<std::string>();
    return all;
}

class verifier {
public:
    verifier(keeper& of, const wire::documents& read, const blobs::store& files) : folder_(of.folder() / verifying_name), key_(hashing_key(read.keys())), files_(files), worker_(options_of(of)) {}
    ~verifier() {
        worker_.stop();
        std::error_code none;
        std::filesystem::remove_all(folder_, none);
    }

    /// Nothing where it is as it was.
    std::optional<events::bilingual> look_at(const delivered& one) {
        try {
            const opened_file file(files_, one.state.files.front(), folder_);
            const auto said = worker_.ask(check_question(one, file.path(), key_));
            if (said.at("rows_sha256") == one.state.rows_sha256 && said.at("taken") == one.state.taken) return std::nullopt;
            return events::bilingual{"按其计划重新读取，得出的行与记录的不同", "read again by its plan, it comes to other rows than were recorded"};
        } catch (const worker_refused& no) {
            return events::bilingual{"无法再次读取：" + no.zh, "it can't be read again: " + no.en};
        } catch (const blobs::store::unreadable&) {
            return events::bilingual{"文件已损坏或缺失：请从备份恢复", "its file is damaged or gone: bring it back from a backup"};
        }
    }

private:
    worker_options options_of(const keeper& of) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        auto how = of.options_of_worker();
        how.database = folder_ / "rows.duckdb";
        how.published = folder_;
        return how;
    }

    std::filesystem::path folder_;
    std::string key_;
    const blobs::store& files_;
    worker worker_;
};

}  // namespace

data_verified verify_data(keeper& of, const wire::documents& read, const blobs::store& files, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    data_verified made;
    const auto all = checked_deliveries(read);
    if (all.empty()) return made;
    const auto held = held_by(of);
    verifier look(of, read, files);
    for (const auto& one : all) {
        progress(made.deliveries, all.size());
        if (auto why = look.look_at(one)) made.faults.push_back({{one.number}, std::move(*why)});
        const auto there = held.find(one.number);
        if (there != held.end() && there->second != one.state.rows_sha256)
            made.faults.push_back({{one.number}, {"数据仓库中的行与记录的不同：停止服务器，删除 warehouse 文件夹，再启动，会重新载入", "the warehouse holds other rows than were recorded: stop the server, remove the folder `warehouse`, start it, and they are loaded anew"}});
        ++made.deliveries;
        made.rows += one.state.taken;
    }
    progress(all.size(), all.size());
    return made;
}

}  // namespace server::warehouse
