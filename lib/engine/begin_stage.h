// Tells whoever listens to a job that it goes on to another stage.

#ifndef WIRECOPY_ENGINE_BEGIN_STAGE_H_
#define WIRECOPY_ENGINE_BEGIN_STAGE_H_

#include <string_view>

#include "wirecopy/document.h"

namespace wirecopy {

// `progress` may be null. The names of stages are those of ProgressListener.
inline void BeginStage(ProgressListener* progress, std::string_view stage) {
  if (progress != nullptr) progress->BeginStage(stage);
}

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_BEGIN_STAGE_H_
