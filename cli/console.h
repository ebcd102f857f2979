// Where the commands meet the terminal: stdout carries audio and JSON, stderr the rest.
#pragma once
#include <atomic>
#include <string>

namespace tts {

bool is_terminal(int descriptor);

// To stdout. Throws Error(kOutput), e.g. when it is a full disk.
void print(const std::string& text);

// A line on stderr; nothing after be_quiet().
void note(const std::string& line);
void be_quiet();
// The same for what went wrong: be_quiet() does not silence it.
void note_error(const std::string& line);

// The last line of a terminal, below all notes; "" takes it away. Where stderr is none it is part
// of what work_goes_on() says.
void show_status(const std::string& line);
// A line on stderr, where that is no terminal: "tts batch: at work for 1.5 min  [##--] 3/6 …".
void work_goes_on(const std::string& command, double elapsed_s);

// Sets LibTorch up for a program of its own; 0 threads: all. Call once, before the first tensor.
void start_engine(int threads);

// Becomes true at Ctrl-C or SIGTERM, from the first call on; another one more than a second later
// ends the program as usual. A closed pipe and a file above the limit of its size (ulimit -f)
// become write errors instead of signals.
const std::atomic<bool>& interrupted();

// All of a file, or of stdin for "-". Throws Error(kInput).
std::string read_text(const std::string& path);
// Throw Error(kInput) for a folder, and for text whose first bytes are those of sound or archives.
void refuse_folder(const std::string& path);
void refuse_binary(const std::string& path, const std::string& text);

}  // namespace tts
