#pragma once

namespace tts {

// `tts train …`: argv[0] is "train". → exit code; throws Error.
int train_command(int argc, char** argv);

}  // namespace tts
