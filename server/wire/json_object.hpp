#pragma once
// Writes one JSON object into a string, field by field.

#include "events/codec/json_write.hpp"

#include <string>
#include <string_view>

namespace server::wire {

/// Fields come in the order in which they are put; closed when it goes.
class json_object {
public:
    explicit json_object(std::string& out) : out_(out) { out_ += '{'; }
    ~json_object() { out_ += '}'; }
    json_object(const json_object&) = delete;
    json_object& operator=(const json_object&) = delete;

    template <class T>
    json_object& put(std::string_view key, const T& value) {
        events::codec::write_json(name(key), value);
        return *this;
    }
    template <class T>
    json_object& put_if(bool is, std::string_view key, const T& value) { return is ? put(key, value) : *this; }

    /// A list of objects: `write(object, one)` puts the fields of each.
    template <class All, class Write>
    json_object& put_each(std::string_view key, const All& all, Write write) {
        auto& out = name(key);
        char before = '[';
        for (const auto& one : all) {
            out += before;
            before = ',';
            json_object o(out);
            write(o, one);
        }
        out += before == '[' ? "[]" : "]";
        return *this;
    }
    template <class Write>
    json_object& put_object(std::string_view key, Write write) {
        json_object o(name(key));
        write(o);
        return *this;
    }

    /// For a value that is written by hand.
    std::string& name(std::string_view key) {
        if (!first_) out_ += ',';
        first_ = false;
        out_ += '"';
        out_ += key;
        out_ += "\":";
        return out_;
    }

private:
    std::string& out_;
    bool first_ = true;
};

}  // namespace server::wire
