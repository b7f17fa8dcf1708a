#include "users.h"

#include <pwd.h>

#include <string>
#include <vector>

#include "errno_error.h"

namespace hyperv_kvp {

Napi::Value FindUser(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  constexpr size_t kRoom = 65536;
  std::vector<char> room(kRoom);
  passwd entry{};
  passwd* found = nullptr;
  const int error = getpwnam_r(name.c_str(), &entry, room.data(), room.size(), &found);
  // Where a source of users does not answer, some say that there is no such user, others that something failed.
  if (found == nullptr && error != 0) ThrowErrno(info.Env(), error, "getpwnam");
  if (found == nullptr) return info.Env().Undefined();
  const auto ids = Napi::Array::New(info.Env(), 2);
  ids.Set(0U, Napi::Number::New(info.Env(), found->pw_uid));
  ids.Set(1U, Napi::Number::New(info.Env(), found->pw_gid));
  return ids;
}

}  // namespace hyperv_kvp
