#pragma once
// Ways to spoil a log's folder.

#include "events/rocksdb/options.hpp"

#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace testing {

/// Every file's content.
inline std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        all[entry.path().lexically_relative(folder).string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return all;
}

/// What is on the disk while a log is open: what would be there if its process were killed now.
inline void copy_as_if_killed(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    std::filesystem::remove(to / "lock");  // as whoever does this is told to
}

/// The largest file under `folder` whose name has `part` in it.
inline std::filesystem::path largest(const std::filesystem::path& folder, std::string_view part) {
    std::filesystem::path found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().filename().string().find(part) != std::string::npos && (found.empty() || entry.file_size() > std::filesystem::file_size(found)))
            found = entry.path();
    if (found.empty()) throw std::logic_error("there is no such file");
    return found;
}

inline void flip_byte(const std::filesystem::path& file, std::uint64_t at) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekg(static_cast<std::streamoff>(at));
    const char c = static_cast<char>(stream.get() ^ 0x55);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(c);
}

/// Opens the events' database itself and lets `change` loose on it.
inline void tamper(const std::filesystem::path& folder,
                   const std::function<void(rocksdb::DB&, rocksdb::ColumnFamilyHandle* log, rocksdb::ColumnFamilyHandle* meta)>& change) {
    const rocksdb::ColumnFamilyOptions o;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    rocksdb::Options options;
    options.info_log = events::rocks::silence();
    const auto status = rocksdb::DB::Open(options, (folder / "log").string(), {{"default", o}, {"log", o}, {"meta", o}}, &handles, &db);
    if (!status.ok()) throw std::runtime_error(status.ToString());
    change(*db, handles[1], handles[2]);
    db->Flush({}, handles);
    for (auto* h : handles) db->DestroyColumnFamilyHandle(h);
    delete db;
}

inline std::string key_of(std::uint64_t position) {
    std::string key(8, '\0');
    events::rocks::put_big_endian(key.data(), position);
    return key;
}

}  // namespace testing
