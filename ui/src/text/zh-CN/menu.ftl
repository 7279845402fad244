# 主菜单里各功能的名称

cases-menu = 台账
about-menu = 关于资质通
drafts-menu = 迁移与异地经营
help-menu = 使用说明
hold-menu = 资质凭证
home-menu = 首页
issued-menu = 签发
register-menu = 在园企业名册
requests-menu = 请求与决定
session-settings = 设置
sync-menu = 同步
trust-menu = 信任数据
upkeep-menu = 备份与维护
verify-menu = 核验
vouchers-menu = 创新券
