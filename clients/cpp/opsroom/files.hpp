#pragma once
// Files: sent in parts under their SHA-256, going on where an attempt before was cut off; fetched likewise.

#include "opsroom/wire.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace opsroom {

/// room::files. Any thread; each call works on the caller's, for as long as it takes. Throws `problem` (also bad_file: it can't be read
/// or written).
class files {
public:
    explicit files(std::shared_ptr<wire> over) : wire_(std::move(over)) {}

    /// Answers what a form's `attachments` take: {"sha256","name","media_type","bytes"}. `media_type` empty: by the name.
    json send(const std::filesystem::path& file, const std::string& media_type = {}) const;
    json send_bytes(std::string_view content, const std::string& name, const std::string& media_type = {}) const;

    /// To a path. What is there of an attempt before (beside it, with `.part` after its name) is gone on from; the hash is checked at the end.
    void fetch(const std::string& sha256, const std::filesystem::path& to) const;

private:
    std::shared_ptr<wire> wire_;
};

/// What the server calls the type of a file with this name; empty where that is not known. Which it takes is its own word.
std::string media_type_of(const std::string& name);

}  // namespace opsroom
