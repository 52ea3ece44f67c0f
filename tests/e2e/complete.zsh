# zsh -f complete.zsh FOLDER LINE…: what an interactive zsh offers where each line ends, a line of words for each; "files"
# stands for names of files. FOLDER holds _opsroom, and is used for what zsh keeps.

zmodload zsh/zpty
folder=$1
shift

cat > $folder/rc <<'RC'
PS1= PS2=
unsetopt list_beep
fpath=($folder $fpath)
autoload -Uz compinit
compinit -u -d $folder/dump
zstyle ':completion:*' completer _complete
typeset -ga offered

# Every match passes here. Where the system of completion asks only for a calculation (-O, -A, -D), it is let through.
compadd() {
  local -a flags=(${@[1,(i)(-|--)]}) these
  if (( ! ${flags[(I)-[a-zA-Z0-9]#[OAD]]} )); then
    builtin compadd -O these "$@"
    offered+=($these)
  fi
  builtin compadd "$@"
}
_files() { offered+=(files) }

probe() {
  offered=()
  _main_complete
  compstate[insert]= compstate[list]=
  print -r -- ${(o)offered} > $folder/answer.new
  mv -f $folder/answer.new $folder/answer
}
zle -C probe complete-word probe
bindkey '^I' probe
bindkey '^U' kill-whole-line
: > $folder/ready
RC

wait_for() {
  local i
  for (( i = 0; i < 400; ++i )); do
    [[ -e $1 ]] && return
    # What the shell echoes has to be read, or it would stop.
    zpty -r -t shell seen
    sleep 0.05
  done
  print -u2 "zsh did not answer: $1"
  exit 1
}

zpty -b shell "folder=${(q)folder} zsh -f -i"
zpty -w shell "folder=${(q)folder}; source ${(q)folder}/rc"
wait_for $folder/ready
for line in "$@"; do
  rm -f $folder/answer
  zpty -w -n shell "$line"$'\t'
  wait_for $folder/answer
  cat $folder/answer
  zpty -w -n shell $'\x15'
done
zpty -d shell
