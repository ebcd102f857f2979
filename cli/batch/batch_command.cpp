#include "cli/batch/batch_options.h"
#include "cli/batch/batch_run.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace tts {

int batch_command(int argc, char** argv) {
  interrupted();
  Arguments arguments = batch_arguments();
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(batch_help(arguments));
    return 0;
  }
  return BatchRun(batch_options(arguments)).run();
}

}  // namespace tts
