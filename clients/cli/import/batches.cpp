#include "clients/cli/import/batches.hpp"

#include "clients/cli/written.hpp"

#include <utility>

namespace cli {
namespace {

/// `text` is left out for messages whose text is no longer what was imported.
std::string key_of(std::uint64_t author, const std::string& at, const std::string* text) {
    auto out = std::to_string(author) + " " + at;
    if (text != nullptr) out += " " + *text;
    return out;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> cut(const std::vector<chat_message>& messages) {
    constexpr std::size_t around = 96;  // the time, the author, and punctuation
    std::vector<std::pair<std::size_t, std::size_t>> out;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto more = messages[i].text.size() + messages[i].topic.size() + around;
        const bool full = out.empty() || i - out.back().first == batch_messages_max || bytes + more > batch_bytes_max;
        if (full) {
            out.emplace_back(i, i);
            bytes = 0;
        }
        out.back().second = i + 1;
        bytes += more;
    }
    return out;
}

void there_already::add(const json& message) {
    const auto author = number_at(message, "author").value_or(0);
    const auto at = text_at(message, "at");
    const auto& text = at_or_null(message, "text");
    const auto said = as_kept(without_controls(text.is_string() ? text.get<std::string>() : std::string()));
    if (by_time_) {
        const bool gone = !text.is_string() || flag_at(message, "deleted");
        times_[key_of(author, at, nullptr)].push_back({number_at(message, "message").value_or(0), said, gone, false});
        return;
    }
    const bool changed = !text.is_string() || flag_at(message, "edited") || flag_at(message, "deleted");
    ++counts_[key_of(author, at, changed ? nullptr : &said)];
}

there_already::found there_already::take(const chat_message& message, std::uint64_t author) {
    const auto said = as_kept(without_controls(message.text));
    if (by_time_) {
        const auto all = times_.find(key_of(author, message.at, nullptr));
        if (all == times_.end()) return {};
        for (auto& one : all->second) {
            if (std::exchange(one.used, true)) continue;
            return one.gone || one.text == said ? found{true, 0, {}} : found{true, one.message, one.text};
        }
        return {};
    }
    for (const auto* text : {&said, static_cast<const std::string*>(nullptr)}) {
        const auto known = counts_.find(key_of(author, message.at, text));
        if (known == counts_.end() || known->second == 0) continue;
        --known->second;
        return {true, 0, {}};
    }
    return {};
}

std::size_t there_already::shares(const std::vector<chat_message>& messages, const people_ids& people) const {
    std::size_t count = 0;
    for (const auto& m : messages) {
        const auto author = people.find(m.author);
        count += author != people.end() && times_.contains(key_of(author->second, m.at, nullptr));
    }
    return count;
}

batch import_of(const chat_archive& archive, const chat_channel& channel, std::size_t first, std::size_t last,
                const people_ids& people, there_already& there) {
    batch out;
    json messages = json::array();
    for (auto i = first; i < last; ++i) {
        const auto& m = channel.messages[i];
        const auto author = people.at(m.author);
        // 0: nobody may speak for them any more (erased).
        if (author == 0) continue;
        const auto found = there.take(m, author);
        if (found.there && found.reworded == 0) continue;
        json one{{"at", m.at}, {"author", author}, {"text", m.text}};
        if (found.reworded != 0) {
            one["message"] = found.reworded;
            out.before += found.before + "\n";
            ++out.reworded;
        } else {
            if (!m.topic.empty()) one["topic"] = m.topic;
            ++out.fresh;
        }
        messages.push_back(std::move(one));
    }
    if (!messages.empty()) out.data = {{"source", archive.source}, {"messages", std::move(messages)}};
    return out;
}

}  // namespace cli
