#include "clients/cli/import/batches.hpp"


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
    const bool changed = !text.is_string() || flag_at(message, "edited") || flag_at(message, "deleted");
    const auto said = changed ? std::string() : text.get<std::string>();
    ++counts_[key_of(author, at, changed ? nullptr : &said)];
}

bool there_already::take(const chat_message& message, std::uint64_t author) {
    for (const auto* text : {&message.text, static_cast<const std::string*>(nullptr)}) {
        const auto found = counts_.find(key_of(author, message.at, text));
        if (found == counts_.end() || found->second == 0) continue;
        --found->second;
        return true;
    }
    return false;
}

json import_of(const chat_archive& archive, const chat_channel& channel, std::size_t first, std::size_t last,
               const people_ids& people, there_already& there) {
    json messages = json::array();
    for (auto i = first; i < last; ++i) {
        const auto& m = channel.messages[i];
        const auto author = people.at(m.author);
        // 0: nobody may speak for them any more (erased).
        if (author == 0 || there.take(m, author)) continue;
        json one{{"at", m.at}, {"author", author}, {"text", m.text}};
        if (!m.topic.empty()) one["topic"] = m.topic;
        messages.push_back(std::move(one));
    }
    if (messages.empty()) return nullptr;
    return {{"source", archive.source}, {"messages", std::move(messages)}};
}

}  // namespace cli
