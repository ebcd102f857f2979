#include "cli/description.h"

namespace tts {
namespace {

bool described = false;

}  // namespace

bool is_described() {
  return described;
}

DescriptionScope::DescriptionScope() {
  described = true;
}

DescriptionScope::~DescriptionScope() {
  described = false;
}

}  // namespace tts
