#pragma once
// SQLite on sealed pages: one database, whose file they are. It has no journal, as the pages go back to the last state that was
// kept by themselves.

#include "server/search/sealed_pages.hpp"

#include <exception>
#include <memory>
#include <string>

struct sqlite3_vfs;

namespace server::search {

class pages_vfs {
public:
    /// Outlives this; this outlives the connection. Registers itself.
    explicit pages_vfs(sealed_pages& on);
    ~pages_vfs();
    pages_vfs(const pages_vfs&) = delete;
    pages_vfs& operator=(const pages_vfs&) = delete;

    const char* name() const { return name_.c_str(); }
    /// Throws what SQLite was last told of as an I/O error, where there is any.
    void rethrow() const {
        if (failed_) std::rethrow_exception(failed_);
    }

private:
    friend struct pages_file;

    sealed_pages& on_;
    std::string name_;
    std::unique_ptr<sqlite3_vfs> vfs_;
    std::exception_ptr failed_;
};

}  // namespace server::search
