#!/usr/bin/env perl
# build/tts manual | docs/options.pl > docs/options.md: all options of all commands as one page, from the
# manual page, which the program makes of the tables that it reads its arguments by.
use strict;
use warnings;
binmode(STDOUT, ':utf8');

sub plain {
  my ($text) = @_;
  chomp $text;
  $text =~ s/\\f[BIR]//g;
  $text =~ s/\\\[u([0-9A-F]+)\]/chr(hex($1))/ge;
  $text =~ s/\\([-&e])/$1 eq 'e' ? '\\' : $1 eq '&' ? '' : '-'/ge;
  return $text;
}

sub cell {
  my ($text) = @_;
  $text =~ s/\(\/\S*\/(voices\/\w+)\)/($1)/g;  # a default folder is where the program was found
  $text =~ s/([|<*])/\\$1/g;
  return $text;
}

print <<'END';
# All options

Of every command, as `tts COMMAND --help` and `man tts` have them. This page is made by `build/tts manual | docs/options.pl > docs/options.md`, and a test holds it against the program. Defaults stand in parentheses; long options may
be written with `_` for `-`. The same names, without the dashes, are the keys of HTTP requests ([server.md](server.md)), of JSON lines ([batch.md](batch.md)) and of the C API ([c-api.md](c-api.md)), as far as they say how something is spoken.
END

my ($in_commands, $name, $help, @also, $table) = (0);
sub flush_row {
  return unless defined $name;
  print "\n| option | |\n|---|---|\n" unless $table;
  $table = 1;
  my $also = @also ? '; also ' . join(', ', map { "`$_`" } @also) : '';
  print "| `$name` | " . cell($help) . "$also |\n";
  ($name, $help, @also) = (undef, '');
}

while (my $line = <STDIN>) {
  if ($line =~ /^\.SH (.*)/) { flush_row(); $in_commands = $1 eq 'COMMANDS'; next; }
  next unless $in_commands;
  if ($line =~ /^\.SS (.*)/) { flush_row(); $table = 0; print "\n## " . plain($1) . "\n"; next; }
  if ($line =~ /^\.TP/) { flush_row(); $name = plain(scalar <STDIN>); $help = plain(scalar <STDIN>); next; }
  if ($line =~ /^\.br/) { next; }
  if ($line =~ /^also (.*)/ && defined $name) { push @also, plain($1); next; }
  if ($line =~ /^\.P/) { next; }
  print "\n" . cell(plain($line)) . "\n";
}
flush_row();
