#include "server/data_worker/worker.hpp"
namespace data_worker { json worker::publish(const request&) { return {}; } json worker::sql(const request&) { return {}; } }
