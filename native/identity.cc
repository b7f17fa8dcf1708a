#include "identity.h"

#include <grp.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "errno_error.h"

namespace hyperv_kvp {
namespace {

uint32_t IdOf(const Napi::Value& value) { return value.As<Napi::Number>().Uint32Value(); }

/** setgroups(2) counts in a type of its own on each system. */
template <typename Count>
int SetGroupsBy(int (*set)(Count, const gid_t*), const std::vector<gid_t>& groups) {
  return set(static_cast<Count>(groups.size()), groups.data());
}

}  // namespace

void SetGroups(const Napi::CallbackInfo& info) {
  const auto ids = info[0].As<Napi::Array>();
  std::vector<gid_t> groups;
  for (uint32_t index = 0; index < ids.Length(); ++index) groups.push_back(IdOf(ids.Get(index)));
  if (SetGroupsBy(setgroups, groups) != 0) ThrowErrno(info.Env(), errno, "setgroups");
}

void SetGid(const Napi::CallbackInfo& info) {
  if (setgid(IdOf(info[0])) != 0) ThrowErrno(info.Env(), errno, "setgid");
}

void SetUid(const Napi::CallbackInfo& info) {
  if (setuid(IdOf(info[0])) != 0) ThrowErrno(info.Env(), errno, "setuid");
}

void SetEffectiveUid(const Napi::CallbackInfo& info) {
  if (seteuid(IdOf(info[0])) != 0) ThrowErrno(info.Env(), errno, "seteuid");
}

}  // namespace hyperv_kvp
