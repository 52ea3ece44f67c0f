// Runs cases.json with the C++ client against a real server. `opsroom_clients_cpp OPSROOMD TESTS/CLIENTS EXAMPLES [words of a case]`

#include "tests/clients/kept.hpp"
#include "tests/clients/stage.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <set>

namespace clients_test {
namespace {

using opsroom::list_at;
using opsroom::number_at;
using opsroom::text_at;

class runner {
public:
    runner(stage& at, std::filesystem::path home, std::filesystem::path examples) : stage_(at), home_(std::move(home)), examples_(std::move(examples)) {}

    void run(const json& steps) {
        kept_ = {{"day", day_in(7)}, {"later", day_in(9)}};
        const std::unique_ptr<runner, void (*)(runner*)> at_the_end(this, [](runner* me) { me->clean_up(); });
        for (const auto& step : steps) {
            auto said = meant(step);
            const auto keep = text_at(step, "keep");
            try {
                const auto result = checked(said, keep);
                if (!keep.empty()) kept_[keep] = result;
            } catch (const std::exception& why) {
                throw std::runtime_error(opsroom::as_text(step) + "\n    " + why.what());
            }
        }
    }

private:
    using step = json (runner::*)(const json& said, const std::string& keep);

    opsroom::room& room(const json& said) {
        const auto who = text_at(said, "by");
        const auto known = rooms_.find(who);
        if (known != rooms_.end()) return known->second;
        return rooms_.emplace(who, opsroom::connect({.url = stage_.url, .login = who, .password = "opsroom-demo", .patience = within})).first->second;
    }

    /// With what was kept in place of "$name.key".
    json meant(const json& value) {
        if (value.is_structured()) {
            auto out = value;
            for (auto& each : out) each = meant(each);
            return out;
        }
        if (!value.is_string() || !value.get<std::string>().starts_with('$')) return value;
        const auto text = value.get<std::string>();
        const auto dot = text.find('.');
        const auto name = text.substr(1, dot == std::string::npos ? dot : dot - 1);
        const auto found = loads_.contains(name) ? loads_.at(name)->told() : kept_.at(name);
        return dot == std::string::npos ? found : found.at(text.substr(dot + 1));
    }

    void clean_up() {
        children_.clear();
        followed_.clear();
        loads_.clear();
        boxes_.clear();
        for (const auto& [name, feed] : feeds_) feed.close();
        feeds_.clear();
    }

    json checked(const json& said, const std::string& keep) {
        const auto what = text_at(said, "do");
        const auto found = steps().find(what);
        check(found != steps().end(), "there is no step " + what);
        const auto act = [&] { return (this->*found->second)(said, keep); };
        if (said.contains("refused")) {
            try {
                act();
            } catch (const opsroom::problem& why) {
                check_problem(why, said["refused"]);
                return nullptr;
            }
            throw std::runtime_error("not refused");
        }
        if (said.contains("mistake")) {
            try {
                act();
            } catch (const opsroom::mistake& why) {
                check(std::string(why.what()).find(text_at(said, "mistake")) != std::string::npos, why.what());
                return nullptr;
            }
            throw std::runtime_error("no mistake");
        }
        const auto result = act();
        if (said.contains("is")) {
            const auto& is = result.is_object() && result.contains("count") ? result["count"] : result;
            check(is == said["is"], opsroom::as_text(is) + " is not " + opsroom::as_text(said["is"]));
        }
        for (const auto& [key, value] : opsroom::at_or_null(said, "has").items()) check(result.at(key) == value, key + " of " + opsroom::as_text(result));
        return result;
    }

    static void check_problem(const opsroom::problem& why, const json& expected) {
        const auto text = opsroom::as_text(why.said());
        check(!why.zh().empty() && !why.en().empty() && why.zh() != why.en(), "both languages: " + text);
        for (const auto& [key, value] : expected.items()) {
            if (key == "code") check(value == json(why.code()), text);
            if (key == "status") check(value == json(why.status()), text);
            if (key == "clause") check(value == json(why.clause()), text);
            if (key == "present") check(why.present() && value == json(*why.present()), text);
            if (key == "indexes") {
                json found = json::array();
                for (const auto& [index, each] : why.refused()) found.push_back(index);
                check(value == found, text);
            }
        }
        const auto pointers = why.pointers();
        for (const auto& each : list_at(expected, "pointers")) check(std::find(pointers.begin(), pointers.end(), each.get<std::string>()) != pointers.end(), text);
    }

    opsroom::command command_of(const json& said) {
        opsroom::command out{text_at(said, "command"), text_at(said, "target"), number_at(said, "expect"), json::object(), text_at(said, "id")};
        if (said.contains("data")) out.data = said["data"];
        return out;
    }

    // What cases do.

    json do_stage(const json& said, const std::string&) {
        for (const char* what : {"lose", "cut", "stop", "start"})
            if (said.contains(what)) stage_.tell({{"do", what}, {"times", said[what]}});
        return nullptr;
    }

    json do_pause(const json& said, const std::string&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(*number_at(said, "ms")));
        return nullptr;
    }

    json do_command(const json& said, const std::string&) { return room(said).give(command_of(said)); }

    json do_call(const json& said, const std::string&) {
        auto& in = room(said);
        return in.give(in.named(text_at(said, "kind") + "." + text_at(said, "command"), text_at(said, "target"), said["fields"]));
    }

    json do_transaction(const json& said, const std::string&) {
        auto together = room(said).transaction();
        std::size_t n = 0;
        for (const auto& each : said["commands"]) {
            const auto target = each[1].is_string() ? each[1].get<std::string>() : std::string();
            check(together.add({.type = each[0], .target = target, .data = each[2]}) == "#" + std::to_string(n++), "what it is called");
        }
        return together.commit(opsroom::flag_at(said, "dry_run"));
    }

    json do_load(const json& said, const std::string& keep) {
        auto& in = room(said);
        const auto times = number_at(said, "times").value_or(0);
        if (opsroom::flag_at(said, "together")) {
            auto all = in.transaction();
            for (std::uint64_t n = 0; n < times; ++n) all.add(command_of(said));
            loads_[keep] = std::make_unique<load>(*number_at(all.commit(), "position"));
            return nullptr;
        }
        auto& made = loads_[keep] = std::make_unique<load>(in, command_of(said), times, number_at(said, "at_once").value_or(1), opsroom::flag_at(said, "until_stopped"));
        if (!opsroom::flag_at(said, "background")) made->finish();
        return nullptr;
    }

    json do_stop_load(const json& said, const std::string&) {
        auto& it = *loads_.at(text_at(said, "load"));
        it.stop();
        it.finish();
        check(it.told()["count"] > 0, "nothing was given");
        return nullptr;
    }

    json do_count(const json& said, const std::string&) {
        const auto rows = room(said).list(text_at(said, "list"), query_of(opsroom::at_or_null(said, "query")));
        const auto position = rows.page({}, 1)["position"];
        std::uint64_t count = 0;
        for (const auto& row : rows) {
            bool holds = true;
            for (const auto& [key, value] : said["where"].items()) holds = holds && opsroom::at_or_null(row, key.c_str()) == value;
            count += holds ? 1 : 0;
        }
        return {{"count", count}, {"position", position}};
    }

    json do_ascending(const json& said, const std::string&) {
        std::uint64_t before = 0;
        const auto rows = room(said).list(text_at(said, "list")).all();
        for (const auto& title : said["titles"]) {
            const auto found = std::find_if(rows.begin(), rows.end(), [&](const json& r) { return r["title"] == title; });
            check(found != rows.end() && *number_at(*found, "id") > before, opsroom::as_text(title));
            before = *number_at(*found, "id");
        }
        return nullptr;
    }

    json do_dossier(const json& said, const std::string&) {
        auto found = room(said).dossier(text_at(said, "list"), number_of(text_at(said, "of")));
        check(list_at(found, "history").size() == said["history"], opsroom::as_text(found));
        return found;
    }

    json do_search(const json& said, const std::string&) {
        auto& in = room(said);
        until([&] {
            const auto rows = in.search(text_at(said, "words")).all();
            return std::any_of(rows.begin(), rows.end(), [&](const json& r) { return text_at(r, "title") == text_at(said, "title"); });
        }, "search");
        return nullptr;
    }

    json do_feed(const json& said, const std::string& keep) {
        const auto feed = room(said).feed(text_at(said, "feed")).ready();
        if (!keep.empty()) feeds_.emplace(keep, feed);
        return {{"by", said["by"]}};
    }

    json do_follow(const json& said, const std::string& keep) {
        opsroom::feed_options how{.since = text_at(said, "since")};
        const bool held = opsroom::flag_at(said, "held");
        if (held) how.untaken_max = 8;
        auto& made = followed_[keep] = std::make_unique<followed>(room(said).feed(text_at(said, "feed"), how), held);
        until([&] { return !made->changes().empty(); }, "its first word");
        return nullptr;
    }

    json do_release(const json& said, const std::string&) {
        auto& it = *followed_.at(text_at(said, "feed"));
        check(it.feed.is_resting(), "nothing was kept back");
        it.release();
        return nullptr;
    }

    json do_leave(const json& said, const std::string&) {
        auto& it = *followed_.at(text_at(said, "feed"));
        it.feed.close();
        return it.changes().back().mark;
    }

    /// Every position up to `to`, each once.
    json do_consecutive(const json& said, const std::string&) {
        auto& it = *followed_.at(text_at(said, "feed"));
        until([&] { return it.changes().back().position >= said["to"].get<std::uint64_t>(); }, "up to " + opsroom::as_text(said["to"]));
        const auto changes = it.changes();
        const auto after = text_at(said, "after");
        auto at = after.empty() ? changes.front().position : std::stoull(after.substr(after.rfind(':') + 1));
        std::uint64_t snapshots = 0;
        for (const auto& change : changes) {
            snapshots += change.type == "snapshot" ? 1 : 0;
            for (const auto& e : change.events()) {
                check(number_at(e, "position") == at + 1, "after " + std::to_string(at) + " comes " + opsroom::as_text(e["position"]));
                ++at;
            }
        }
        check(snapshots == number_at(said, "snapshots").value_or(1), std::to_string(snapshots) + " snapshots");
        return nullptr;
    }

    json do_rows(const json& said, const std::string&) {
        const auto& feed = feeds_.at(text_at(said, "feed"));
        auto& in = room(kept_.at(text_at(said, "feed")));
        until([&] {
            auto rows = in.list(text_at(said, "list")).all();
            std::sort(rows.begin(), rows.end(), [](const json& a, const json& b) { return a["id"] < b["id"]; });
            return !rows.empty() && unordered(rows) == unordered(feed.rows());
        }, "the same rows");
        return nullptr;
    }

    json do_timeline(const json& said, const std::string&) {
        const auto& feed = feeds_.at(text_at(said, "feed"));
        auto& in = room(kept_.at(text_at(said, "feed")));
        const auto about = text_at(said, "list") + "/" + std::to_string(number_of(feed.name()));
        until([&] {
            json folded = json::array();
            for (const auto& [number, message] : feed.conversation().messages()) folded.push_back(message);
            return unordered(in.get(about + "/messages", {{"limit", 200}})["items"]) == unordered(folded);
        }, "the same messages");
        const auto people = feed.conversation().people();
        const auto found = in.get(about)["people"].get<std::vector<std::uint64_t>>();
        check(std::multiset(people.begin(), people.end()) == std::multiset(found.begin(), found.end()), "people");
        return nullptr;
    }

    json do_outbox(const json& said, const std::string& keep) {
        const auto token = room(said).wire().token();
        boxes_[keep] = std::make_unique<box>(opsroom::connect_options{.url = stage_.url, .token = token, .patience = 1s}, (home_ / "outbox.db").string());
        return nullptr;
    }

    json do_put(const json& said, const std::string&) { return boxes_.at(text_at(said, "box"))->outbox.put(command_of(said)); }

    json do_waiting(const json& said, const std::string&) { return boxes_.at(text_at(said, "box"))->outbox.waiting().size(); }

    json do_flush(const json& said, const std::string&) {
        auto& it = boxes_.at(text_at(said, "box"))->outbox;
        auto flushed = std::async(std::launch::async, [&] { it.flush(); });
        if (flushed.wait_for(within) != std::future_status::ready) it.close();
        flushed.get();
        return nullptr;
    }

    json do_box_refused(const json& said, const std::string&) {
        auto& it = boxes_.at(text_at(said, "box"))->outbox;
        const auto refused = it.refused();
        check(refused.size() == 1 && refused[0].first == text_at(said, "id") && refused[0].second.code() == text_at(said, "code"), "refused");
        it.forget(refused[0].first);
        check(it.refused().empty(), "forgotten");
        return nullptr;
    }

    json do_close_outbox(const json& said, const std::string&) {
        boxes_.erase(text_at(said, "box"));
        return nullptr;
    }

    json do_send_file(const json& said, const std::string&) {
        content_.clear();
        for (std::size_t n = 0; content_.size() < said["bytes"]; ++n) content_ += std::to_string(n) + "\n";
        content_.resize(said["bytes"]);
        auto& in = room(said);
        auto sent = std::async(std::launch::async, [&] { return in.files().send_bytes(content_, text_at(said, "name")); });
        if (opsroom::flag_at(said, "cut")) {
            std::this_thread::sleep_for(20ms);
            stage_.tell({{"do", "cut"}});
        }
        return sent.get();
    }

    json do_fetch_file(const json& said, const std::string&) {
        const auto path = home_ / text_at(said["file"], "name");
        room(said).files().fetch(text_at(said["file"], "sha256"), path);
        check(read_file(path) == content_, "as it was");
        return nullptr;
    }

    /// An example as it is run by hand, until it has said this.
    json do_example(const json& said, const std::string&) {
        std::vector<std::string> command{(examples_ / text_at(said, "name")).string()};
        for (auto arg : said["args"].get<std::vector<std::string>>()) {
            if (const auto at = arg.find("HOME"); at != std::string::npos) arg.replace(at, 4, home_.string());
            command.push_back(arg);
        }
        auto& process = children_.emplace_back(std::make_unique<child>(command, std::vector{"OPSROOM_SERVER=" + stage_.url, "OPSROOM_TOKEN=" + room(said).wire().token()}));
        for (std::optional<std::string> line; !line || line->find(text_at(said, "says")) == std::string::npos;) {
            line = process->hear(within);
            check(line.has_value(), "it ended before it said " + text_at(said, "says"));
        }
        if (!opsroom::flag_at(said, "beside")) children_.pop_back();
        return nullptr;
    }

    json do_answered(const json& said, const std::string&) {
        auto& in = room(said);
        until([&] {
            const auto page = in.get(text_at(said, "list") + "/" + std::to_string(number_of(text_at(said, "of"))) + "/messages");
            return std::any_of(page["items"].begin(), page["items"].end(), [&](const json& m) { return text_at(m, "text").find(text_at(said, "text")) != std::string::npos; });
        }, "an answer");
        return nullptr;
    }

    /// Of what a follower kept: every position, each once.
    json do_lines(const json& said, const std::string&) {
        std::ifstream in(home_ / text_at(said, "file"));
        std::uint64_t at = 0;
        for (std::string line; std::getline(in, line);) check(number_at(opsroom::parse_json(line), "position") == ++at, line);
        check(at > 0, "nothing was kept");
        return nullptr;
    }

    static const std::map<std::string, step>& steps() {
        static const std::map<std::string, step> all{
            {"stage", &runner::do_stage}, {"pause", &runner::do_pause}, {"command", &runner::do_command}, {"call", &runner::do_call},
            {"transaction", &runner::do_transaction}, {"load", &runner::do_load}, {"stop_load", &runner::do_stop_load}, {"count", &runner::do_count},
            {"ascending", &runner::do_ascending}, {"dossier", &runner::do_dossier}, {"search", &runner::do_search}, {"feed", &runner::do_feed},
            {"follow", &runner::do_follow}, {"release", &runner::do_release}, {"leave", &runner::do_leave}, {"consecutive", &runner::do_consecutive},
            {"rows", &runner::do_rows}, {"timeline", &runner::do_timeline}, {"outbox", &runner::do_outbox}, {"put", &runner::do_put},
            {"waiting", &runner::do_waiting}, {"flush", &runner::do_flush}, {"box_refused", &runner::do_box_refused},
            {"close_outbox", &runner::do_close_outbox}, {"send_file", &runner::do_send_file}, {"fetch_file", &runner::do_fetch_file},
            {"example", &runner::do_example}, {"answered", &runner::do_answered}, {"lines", &runner::do_lines},
        };
        return all;
    }

    stage& stage_;
    const std::filesystem::path home_;
    const std::filesystem::path examples_;
    std::map<std::string, opsroom::room> rooms_;
    json kept_;
    std::string content_;
    std::map<std::string, opsroom::feed> feeds_;
    std::map<std::string, std::unique_ptr<followed>> followed_;
    std::map<std::string, std::unique_ptr<load>> loads_;
    std::map<std::string, std::unique_ptr<box>> boxes_;
    std::vector<std::unique_ptr<child>> children_;
};

int run(const std::string& binary, const std::filesystem::path& here, const std::filesystem::path& examples, const std::string& words) {
    std::string home = (std::filesystem::temp_directory_path() / "opsroom-clients-XXXXXX").string();
    check(::mkdtemp(home.data()) != nullptr, home);
    unsigned passed = 0, failed = 0;
    {
        stage at(binary, here);
        runner all(at, home, examples);
        for (const auto& each : opsroom::parse_json(read_file(here / "cases.json"))) {
            const auto name = text_at(each, "case");
            if (name.find(words) == std::string::npos || text_at(each, "only", "cpp") != "cpp") continue;
            const auto began = std::chrono::steady_clock::now();
            try {
                all.run(each["steps"]);
                ++passed;
                std::cout << "ok     " << name << " (" << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count() << " ms)" << std::endl;
            } catch (const std::exception& why) {
                ++failed;
                std::cout << "FAILED " << name << "\n  " << why.what() << std::endl;
            }
        }
    }
    std::filesystem::remove_all(home);
    std::cout << passed << " passed, " << failed << " failed" << std::endl;
    return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace clients_test

int main(int argc, char** argv) {
    if (argc < 4) return std::cerr << "opsroom_clients_cpp OPSROOMD TESTS/CLIENTS EXAMPLES [words of a case]\n", 2;
    std::signal(SIGPIPE, SIG_IGN);
    std::string words;
    for (int n = 4; n < argc; ++n) words += (n == 4 ? "" : " ") + std::string(argv[n]);
    return clients_test::run(argv[1], argv[2], argv[3], words);
}
