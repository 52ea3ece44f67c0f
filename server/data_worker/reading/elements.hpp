#pragma once
// Of an XML text that may be larger than memory, the elements of one name, one after the other.

#include "server/data_worker/reading/record.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace data_worker {

class elements {
public:
    /// `name` without its prefix, such as "row". They are not within one another.
    elements(std::unique_ptr<byte_source> from, std::string name) : from_(std::move(from)), name_(std::move(name)) {}

    /// False at the end. `into` owns what `found` points to. Throws `trouble` (unreadable) where the text breaks off, or is no XML.
    bool next(pugi::xml_document& into, pugi::xml_node& found);

private:
    bool more();
    std::size_t find(std::string_view what, std::size_t from);

    std::unique_ptr<byte_source> from_;
    std::string name_;
    std::string held_;
    std::size_t at_ = 0;
    bool ended_ = false;
};

std::string_view local(const pugi::xml_node& n);
pugi::xml_node child(const pugi::xml_node& of, std::string_view name);
/// Empty where it is not there.
std::string_view attribute(const pugi::xml_node& of, std::string_view name);
bool is_set(const pugi::xml_node& of, std::string_view name);
unsigned number_in(std::string_view text, unsigned otherwise);
/// Of a cell or a shared text: all text in it, but reading aids (furigana).
std::string text_in(const pugi::xml_node& of);
/// Text as workbooks write it: "_x000D_" is the character with that number.
std::string unescaped(std::string_view text);

}  // namespace data_worker
