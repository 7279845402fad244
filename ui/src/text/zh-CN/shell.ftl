# 窗口的框架

product = 资质通
menu = 主菜单
menu-waiting = { $count } 项待处理
skip-to-page = 跳到页面内容
other-language = English
look-light = 浅色
look-dark = 深色
lock = 锁定
lock-now = 立即锁定本机数据库（Ctrl+L）
locked = 已锁定
unlock = 解锁…
desk-locked = 本机数据库已锁定，核验档案无需解锁
desk-none = 无需登录，无需联网；文件只在本机读取
role-firm = 企业
role-incubator = 孵化器
drop-now = 松开即可核验
offline-as-of = 离线核验 · 信任数据截至
trust-expired = 已过期，可撤销的事项将待联网复核
trust-none = 本机还没有信任数据，无法判断签发方是否可信。请先在“信任数据”导入信任数据。
clock-behind = 本机时间早于已见过的签名时间，有效期的判断可能有误。请先校准系统时间。
drill-mode = 演练模式
drill-banner = 演练模式：所有数据均为样例，与正式数据库分开存放。口令：演练口令
drill-end = 结束演练
shortcut-lock = 锁定
shortcut-back = 返回上一页
