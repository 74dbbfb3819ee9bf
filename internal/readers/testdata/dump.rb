# Reads YAML files as Ruby does, and writes each anew as Ruby does.
require "date"
require "yaml"

ARGV.each do |name|
  value = YAML.safe_load(File.read(name, encoding: "UTF-8"), permitted_classes: [Date])
  File.write(name, YAML.dump(value))
end
