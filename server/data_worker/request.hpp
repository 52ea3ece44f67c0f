#pragma once
// The fields of a request, each with words where it is not as it should be.

#include "server/data_worker/trouble.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace data_worker {

using json = nlohmann::json;

class request {
public:
    explicit request(const json& of) : of_(of) {}

    const json& all() const { return of_; }
    const json* find(const char* key) const;
    const json& needs(const char* key) const;
    std::string text(const char* key) const;
    std::string text_or(const char* key, std::string otherwise) const;
    std::int64_t number(const char* key) const;
    std::optional<std::int64_t> number_if(const char* key) const;
    bool flag(const char* key) const;
    /// Days since 1970.
    std::int32_t day(const char* key) const;
    std::optional<std::int32_t> day_if(const char* key) const;

    [[noreturn]] static void wrong(const std::string& key, const std::string& zh, const std::string& en);

private:
    const json& of_;
};

}  // namespace data_worker
