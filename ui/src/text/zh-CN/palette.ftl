# 查找与快捷键

palette-hint = 企业名称、拼音首字母、代码、收件号，或页面名称
palette-hint-locked = 页面名称；打开数据库后可查找企业和档案
palette-found = 查找结果
palette-count = { $count } 项结果
palette-none = 没有找到。可以换用名称的一部分或拼音首字母。
palette-kind-pages = 页面
palette-kind-case = 收件
palette-kind-firm = 企业
palette-kind-held = 持有凭证
palette-kind-issued = 已签发
palette-kind-draft = 档案
palette-sheet-all = 全部快捷键
link-title = 链接要打开一件收件
link-asks = 一个链接请求打开收件 { $number }。如果这不是您点的链接，请不要打开。
link-unknown = 本机的数据库里没有编号为 { $number } 的收件，没有打开任何内容。链接可能写错了，或者属于另一家孵化器，请向给出链接的人核对编号。
link-open = 打开收件
link-leave = 不打开
link-close = 关闭
